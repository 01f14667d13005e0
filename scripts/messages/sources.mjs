import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

/** Reads the code of a project and finds in it where messages are used. */

const FOLDERS = ["app", "components", "emails", "lib", "prisma", "scripts"];
const NOT_READ = /^lib\/db\/generated\/|[.]test[.]tsx?$|\/fixture[.]ts$/;

/** @typedef {ReadonlyMap<string, ts.SourceFile>} Sources the parsed files by their path from the root */

/**
 * @typedef {{
 *   text: string,
 *   pattern: RegExp | null,
 *   line: number,
 * }} KeyText A literal, or a template (`common.roles.${role}`) with the pattern of the keys that it can become.
 *
 * @typedef {{
 *   keys: KeyText[],
 *   line: number,
 *   values: { names: string[], isComplete: boolean } | null,
 *   providedTags: string[],
 * }} MessageUse A call of a translator. `values` is null if the code does not show them.
 */

/**
 * Parses the code of the product, its scripts and its demo data, without tests.
 *
 * @param {string} root
 * @returns {Sources}
 */
export function readSources(root) {
  const files = FOLDERS.filter((folder) => existsSync(path.join(root, folder))).flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" }).map((file) =>
      path.posix.join(folder, file.replaceAll(path.sep, "/")),
    ),
  );
  return new Map(
    files
      .filter((file) => /[.](tsx?|mjs)$/.test(file) && !NOT_READ.test(file))
      .filter((file) => statSync(path.join(root, file)).isFile())
      .sort()
      .map((file) => {
        const text = readFileSync(path.join(root, file), "utf8");
        return [file, ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)];
      }),
  );
}

/**
 * @param {ts.Node} node
 * @returns {number} the number of its first line
 */
export function lineOf(node) {
  const source = node.getSourceFile();
  return source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
}

/**
 * Calls `visit` for a node and everything in it, parents first. `visit` returns false to skip what is in a node.
 *
 * @param {ts.Node} node
 * @param {(node: ts.Node) => boolean | undefined | void} visit
 */
export function visitNodes(node, visit) {
  if (visit(node) === false) return;
  ts.forEachChild(node, (child) => visitNodes(child, visit));
}

/**
 * Returns the strings and templates that an expression can be: all branches of a condition.
 *
 * @param {ts.Expression} expression
 * @returns {(ts.StringLiteralLike | ts.TemplateExpression)[]}
 */
export function possibleStrings(expression) {
  if (ts.isStringLiteralLike(expression) || ts.isTemplateExpression(expression)) return [expression];
  if (ts.isConditionalExpression(expression))
    return [expression.whenTrue, expression.whenFalse].flatMap(possibleStrings);
  if (
    ts.isParenthesizedExpression(expression) ||
    ts.isAsExpression(expression) ||
    ts.isSatisfiesExpression(expression)
  )
    return possibleStrings(expression.expression);
  if (ts.isBinaryExpression(expression)) {
    const operator = expression.operatorToken.kind;
    const isChoice =
      operator === ts.SyntaxKind.QuestionQuestionToken || operator === ts.SyntaxKind.BarBarToken;
    if (operator === ts.SyntaxKind.AmpersandAmpersandToken) return possibleStrings(expression.right);
    if (isChoice) return [expression.left, expression.right].flatMap(possibleStrings);
  }
  return [];
}

/**
 * Returns every string and template of a file that could be the key of a message. Types are not uses.
 *
 * @param {ts.SourceFile} source
 * @returns {KeyText[]}
 */
export function findKeyTexts(source) {
  /** @type {KeyText[]} */
  const found = [];
  visitNodes(source, (node) => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node)) return false;
    if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) found.push(readKeyText(node));
    return true;
  });
  return found;
}

/**
 * Returns a string or template as the key that it could be.
 *
 * @param {ts.StringLiteralLike | ts.TemplateExpression} node
 * @returns {KeyText}
 */
export function readKeyText(node) {
  const line = lineOf(node);
  if (ts.isStringLiteralLike(node)) return { text: node.text, pattern: null, line };
  const parts = [node.head.text, ...node.templateSpans.map((span) => span.literal.text)];
  // A template without a literal prefix can't be a key.
  const pattern = /^[a-z]\w*[.]/i.test(node.head.text)
    ? new RegExp(`^${parts.map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("[^.]*")}$`)
    : null;
  return { text: parts.join("…"), pattern, line };
}

/**
 * Returns the keys of a catalog that a string or template of the code can be.
 *
 * @param {KeyText} keyText
 * @param {ReadonlyMap<string, string>} catalog
 * @returns {string[]}
 */
export function matchKeys({ text, pattern }, catalog) {
  if (pattern) return [...catalog.keys()].filter((key) => pattern.test(key));
  return catalog.has(text) ? [text] : [];
}

/**
 * Returns the calls of translators with literal keys: `t(…)`, `t.rich(…)`, `reader.t.markup(…)` and `messageKey(…)`, and
 * the messages of emails (`{ key, values }`), whose tags `emails/message.tsx` provides.
 *
 * @param {ts.SourceFile} source
 * @returns {MessageUse[]}
 */
export function findMessageUses(source) {
  /** @type {MessageUse[]} */
  const found = [];
  visitNodes(source, (node) => {
    if (ts.isCallExpression(node)) {
      const method = translatorMethod(node.expression);
      const [first, values] = node.arguments;
      if (!method || !first) return;
      const isFormatted = method === "t" || method === "rich" || method === "markup";
      addUse(first, isFormatted ? readValues(values) : null, []);
    }
    if (ts.isObjectLiteralExpression(node) && source.fileName.startsWith("emails/")) {
      const key = findProperty(node, "key");
      const values = findProperty(node, "values");
      if (key) addUse(key, hasProperty(node, "values") && !values ? null : readValues(values), ["b", "bdi"]);
    }
  });
  return found;

  function addUse(
    /** @type {ts.Expression} */ key,
    /** @type {MessageUse["values"]} */ values,
    /** @type {string[]} */ providedTags,
  ) {
    const keys = possibleStrings(key).map(readKeyText);
    if (keys.length > 0) found.push({ keys, line: lineOf(key), values, providedTags });
  }
}

/**
 * @param {ts.Expression} callee
 * @returns {string | null} "t", the method of a translator, "messageKey", or null for other functions
 */
function translatorMethod(callee) {
  if (ts.isIdentifier(callee)) return ["t", "messageKey"].includes(callee.text) ? callee.text : null;
  if (!ts.isPropertyAccessExpression(callee)) return null;
  if (callee.name.text === "t") return "t";
  const isMethod = ["rich", "markup", "has", "raw"].includes(callee.name.text);
  return isMethod && translatorMethod(callee.expression) === "t" ? callee.name.text : null;
}

/**
 * @param {ts.Expression | undefined} node
 * @returns {MessageUse["values"]}
 */
function readValues(node) {
  if (!node) return { names: [], isComplete: true };
  if (!ts.isObjectLiteralExpression(node)) return null;
  const names = node.properties.map(({ name }) =>
    name && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? name.text : null,
  );
  return {
    names: names.filter((name) => name !== null),
    isComplete: !names.includes(null),
  };
}

/**
 * @param {ts.ObjectLiteralExpression} object
 * @param {string} name
 * @returns {ts.Expression | undefined}
 */
function findProperty(object, name) {
  const property = object.properties.find((candidate) => candidate.name?.getText() === name);
  return property && ts.isPropertyAssignment(property) ? property.initializer : undefined;
}

function hasProperty(/** @type {ts.ObjectLiteralExpression} */ object, /** @type {string} */ name) {
  return object.properties.some(
    (candidate) => ts.isSpreadAssignment(candidate) || candidate.name?.getText() === name,
  );
}
