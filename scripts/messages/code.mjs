import ts from "typescript";
import { parseMessage, shapeOf } from "./icu.mjs";
import { findKeyTexts, findMessageUses, lineOf, matchKeys, possibleStrings, visitNodes } from "./sources.mjs";

/** The rules for the code that uses messages: keys, values, and text that is not in the catalog. */

/** Attributes and properties whose value is text for people. */
const TEXT_NAME =
  /^(aria-(description|label|placeholder|roledescription|valuetext)|alt|(\w*)(description|hint|label|message|placeholder|title))$/i;
const WITH_TEXT = /^(app|components|emails)\//;
const FORMATS_LOCALE = /^(app|components|emails|lib)\//;

/**
 * Finds keys in calls that English does not have, and messages that nothing uses.
 *
 * @param {import("./sources.mjs").Sources} sources
 * @param {ReadonlyMap<string, string>} english
 * @returns {string[]}
 */
export function findKeyProblems(sources, english) {
  const used = new Set();
  const missing = [];
  for (const [file, source] of sources) {
    for (const keyText of findKeyTexts(source)) for (const key of matchKeys(keyText, english)) used.add(key);
    for (const { keys } of findMessageUses(source))
      for (const keyText of keys)
        if (matchKeys(keyText, english).length === 0)
          missing.push(`${file}:${keyText.line}: no message has the key "${keyText.text}"`);
  }
  const unused = [...english.keys()].filter((key) => !used.has(key));
  return [...missing, ...unused.map((key) => `messages/en.json ${key}: is not used`)];
}

/**
 * Finds calls whose values are not the arguments and tags of the message.
 *
 * @param {import("./sources.mjs").Sources} sources
 * @param {ReadonlyMap<string, string>} english
 * @returns {string[]}
 */
export function findValueProblems(sources, english) {
  return [...sources].flatMap(([file, source]) =>
    findMessageUses(source).flatMap(({ keys, line, values, providedTags }) => {
      const messages = keys.flatMap((keyText) =>
        matchKeys(keyText, english).map((key) => ({
          key,
          // A pattern can match more keys than the code uses.
          isCertain: keyText.pattern === null,
          names: neededNames(english.get(key) ?? ""),
        })),
      );
      const [first] = messages;
      if (!values || !first) return [];
      const provided = [...values.names, ...providedTags];
      const missing = messages
        .filter(({ isCertain }) => isCertain && values.isComplete)
        .flatMap(({ key, names }) =>
          names
            .filter((name) => !provided.includes(name))
            .map((name) => `"${key}" needs the value "${name}"`),
        );
      const superfluous = values.names
        .filter((name) => !messages.some(({ names }) => names.includes(name)))
        .map((name) => `"${first.key}" has no argument or tag "${name}"`);
      return [...missing, ...superfluous].map((problem) => `${file}:${line}: ${problem}`);
    }),
  );
}

/** Returns the names of the arguments and tags of a message; none if it does not parse. */
function neededNames(/** @type {string} */ message) {
  try {
    const { kinds, tags } = shapeOf(parseMessage(message));
    return [...kinds.keys(), ...tags];
  } catch {
    return [];
  }
}

/**
 * Finds text for people that is in the code instead of the catalog, and formats that ignore the reader's language.
 *
 * @param {import("./sources.mjs").Sources} sources
 * @param {ReadonlyMap<string, string>} english
 * @param {readonly { path: string, text: string, reason: string }[]} allowed
 * @returns {string[]}
 */
export function findLiteralText(sources, english, allowed) {
  return [...sources].flatMap(([file, source]) => {
    const entries = allowed.filter((entry) => new RegExp(entry.path).test(file));
    const texts = WITH_TEXT.test(file) ? findTexts(source) : [];
    const problems = [
      ...texts
        .filter(({ text }) => /\p{L}.*\p{L}/su.test(text) && !english.has(text))
        .filter(({ text }) => !entries.some((entry) => new RegExp(`^(?:${entry.text})$`, "s").test(text)))
        .map(({ line, text }) => ({ line, problem: `"${text}" is not in the catalog` })),
      ...(FORMATS_LOCALE.test(file) ? findFixedLocales(source) : []).filter(
        ({ problem }) => !entries.some((entry) => new RegExp(entry.text).test(problem)),
      ),
    ];
    return problems.map(({ line, problem }) => `${file}:${line}: ${problem}`);
  });
}

/**
 * @param {ts.SourceFile} source
 * @returns {{ line: number, text: string }[]}
 */
function findTexts(source) {
  /** @type {{ line: number, text: string }[]} */
  const found = [];
  const add = (/** @type {ts.Node} */ node, /** @type {string} */ text) => {
    const cleaned = text.replaceAll(/&\w+;/g, " ").replaceAll(/\s+/g, " ").trim();
    found.push({ line: lineOf(node), text: cleaned });
  };
  const addStrings = (/** @type {ts.Expression} */ expression) => {
    for (const node of possibleStrings(expression))
      add(
        node,
        ts.isTemplateExpression(node)
          ? [node.head.text, ...node.templateSpans.map((span) => span.literal.text)].join(" ")
          : node.text,
      );
  };
  visitNodes(source, (node) => {
    if (ts.isJsxText(node)) add(node, node.text);
    if (ts.isJsxExpression(node) && node.expression && !ts.isJsxAttribute(node.parent))
      addStrings(node.expression);
    if (ts.isJsxAttribute(node) && TEXT_NAME.test(node.name.getText(source)) && node.initializer) {
      if (ts.isStringLiteral(node.initializer)) addStrings(node.initializer);
      else if (ts.isJsxExpression(node.initializer) && node.initializer.expression)
        addStrings(node.initializer.expression);
    }
    if (ts.isPropertyAssignment(node) && TEXT_NAME.test(node.name.getText(source)))
      addStrings(node.initializer);
  });
  return found;
}

/**
 * @param {ts.SourceFile} source
 * @returns {{ line: number, problem: string }[]}
 */
function findFixedLocales(source) {
  /** @type {{ line: number, problem: string }[]} */
  const found = [];
  visitNodes(source, (node) => {
    if (ts.isStringLiteralLike(node) && node.text === "en-US")
      found.push({ line: lineOf(node), problem: '"en-US" ignores the reader\'s language' });
    if (ts.isPropertyAccessExpression(node) && /^toLocale\w*String$/.test(node.name.text))
      found.push({
        line: lineOf(node.name),
        problem: `${node.name.text} is not for texts; format with the message, useFormatter or lib/i18n/format`,
      });
  });
  return found;
}
