import path from "node:path";
import ts from "typescript";
import { lineOf, matchKeys, readKeyText, visitNodes } from "./sources.mjs";

/**
 * Checks that every page sends the browser the namespaces that its client components use, and no others.
 *
 * The check follows imports from each page. A key counts as used if an imported name leads to it, also if the page never
 * shows it; `messages.json` has the exceptions.
 */

const PROVIDER = "components/i18n/client-messages.tsx";
/** Files of `app` that Next.js renders. `global-error` replaces the root layout, so it has no messages. */
const ROOT =
  /^app\/(.*\/)?(page|layout|template|loading|error|not-found|forbidden|unauthorized|global-error)[.]tsx$/;
const GLOBAL_ERROR = "app/global-error.tsx";

/**
 * @typedef {{
 *   place: string,
 *   namespaces: Set<string>,
 *   listed: string[] | null,
 *   used: Set<string>,
 * }} Scope A `<ClientMessages>` with the namespaces that are available in it and those that client code in it uses.
 *   `listed` is null if the check cannot read the list.
 *
 * @typedef {{ specifier: string, names: { local: string, exported: string }[] | null }} Import `names` is null for
 *   `import()`.
 *
 * @typedef {{ names: Set<string>, keys: import("./sources.mjs").KeyText[] }} Contents What a part of a file refers to. A
 *   dynamic import is the name `import(specifier)`.
 *
 * @typedef {{
 *   directive: string | null,
 *   imports: Import[],
 *   providers: { scope: Scope, contents: Contents }[],
 *   contentsOf: (exported: string[] | null) => Contents,
 * }} Module `contentsOf` returns what the exported names lead to, or the whole file.
 */

/**
 * @param {import("./sources.mjs").Sources} sources
 * @param {ReadonlyMap<string, string>} english
 * @param {readonly { path: string, namespace: string, reason: string }[]} allowed namespaces that are not needed, although
 *   the chain of imports has a file that matches `path`
 * @returns {string[]}
 */
export function findNamespaceProblems(sources, english, allowed) {
  const provider = sources.get(PROVIDER);
  const always = provider ? (readArray(provider, findInitializer(provider, "ON_EVERY_PAGE")) ?? []) : [];
  const modules = new Map([...sources].map(([file, source]) => [file, readModule(source, always)]));
  /** @type {Map<string, string>} */
  const missing = new Map();
  for (const root of [...sources.keys()].filter((file) => ROOT.test(file)))
    followImports(root, enclosingScope(root, modules), modules, sources, (keys, scope, chain) => {
      for (const namespace of namespacesOf(keys, english)) {
        if (isAllowed(namespace, chain)) continue;
        scope.used.add(namespace);
        if (scope.namespaces.has(namespace)) continue;
        const where = scope.place ? `the namespaces at ${scope.place} lack` : "no ClientMessages has";
        const problem = `${root}: ${where} "${namespace}"`;
        // The first chain is the shortest.
        if (!missing.has(problem)) missing.set(problem, chain.join(" → "));
      }
    });
  const scopes = [...modules.values()].flatMap(({ providers }) => providers.map(({ scope }) => scope));
  return [
    ...[...missing].map(([problem, chain]) => `${problem} (${chain})`),
    ...scopes.flatMap(({ place, listed, used }) => [
      ...(listed ? [] : [`${place}: write the namespaces as a list in the same file`]),
      ...(listed ?? []).flatMap((namespace) => {
        if (always.includes(namespace)) return [`${place}: "${namespace}" is always available`];
        return used.has(namespace) ? [] : [`${place}: no client component needs "${namespace}"`];
      }),
    ]),
  ];

  function isAllowed(/** @type {string} */ namespace, /** @type {string[]} */ chain) {
    return allowed.some(
      (entry) => entry.namespace === namespace && chain.some((file) => new RegExp(entry.path).test(file)),
    );
  }
}

/**
 * Returns the namespaces of keys: the first segment, in the admin the first two.
 *
 * @param {readonly import("./sources.mjs").KeyText[]} keys
 * @param {ReadonlyMap<string, string>} english
 * @returns {Set<string>}
 */
function namespacesOf(keys, english) {
  const matched = keys.flatMap((keyText) => matchKeys(keyText, english));
  return new Set(
    matched.map((key) => {
      const [first = "", second = ""] = key.split(".");
      return first === "admin" ? `${first}.${second}` : first;
    }),
  );
}

/**
 * Follows the imports of a file, nearest first, and reports the keys of each part that runs in the browser, with the
 * `<ClientMessages>` around it and the files that lead there.
 *
 * @param {string} root
 * @param {Scope} outer the `<ClientMessages>` around the root
 * @param {ReadonlyMap<string, Module>} modules
 * @param {import("./sources.mjs").Sources} sources
 * @param {(keys: Contents["keys"], scope: Scope, chain: string[]) => void} report
 */
function followImports(root, outer, modules, sources, report) {
  /** @type {{ file: string, exported: string[] | null, scope: Scope, chain: string[], isClient: boolean }[]} */
  const queue = [{ file: root, exported: null, scope: outer, chain: [root], isClient: false }];
  const seen = new Set();
  for (const { file, exported, scope, chain, isClient } of queue) {
    const module = modules.get(file);
    // The browser gets only a reference to a server action.
    if (!module || module.directive === "use server") continue;
    const runsInBrowser = isClient || module.directive === "use client";
    const visit = `${file} ${exported} ${runsInBrowser} ${scope.place}`;
    if (seen.has(visit)) continue;
    seen.add(visit);
    const outside = module.contentsOf(exported);
    if (runsInBrowser) report(outside.keys, scope, chain);
    const parts = [{ scope, contents: outside }, ...module.providers];
    for (const { specifier, names } of module.imports) {
      const target = resolveImport(file, specifier, sources);
      // On the server, only `app` and `components` lead to components.
      if (!target || (!runsInBrowser && !/^(app|components)[/]/.test(target))) continue;
      for (const part of parts) {
        const used = names?.filter(({ local }) => part.contents.names.has(local));
        if (used ? used.length === 0 : !part.contents.names.has(`import(${specifier})`)) continue;
        const isWhole = !used || used.some((name) => name.exported === "default" || name.exported === "*");
        queue.push({
          file: target,
          exported: isWhole ? null : used.map((name) => name.exported),
          scope: part.scope,
          chain: [...chain, target],
          isClient: runsInBrowser,
        });
      }
    }
  }
}

/**
 * Returns the `<ClientMessages>` around a file of `app`: that around the children of the nearest layout.
 *
 * @param {string} file
 * @param {ReadonlyMap<string, Module>} modules
 * @returns {Scope}
 */
function enclosingScope(file, modules) {
  let folder = path.posix.dirname(file);
  if (/[/]layout[.]tsx$/.test(file)) folder = path.posix.dirname(folder);
  for (; folder !== "." && file !== GLOBAL_ERROR; folder = path.posix.dirname(folder)) {
    const layout = modules.get(`${folder}/layout.tsx`);
    const around = layout?.providers.find(({ contents }) => contents.names.has("children"));
    if (around) return around.scope;
  }
  return { place: "", namespaces: new Set(), listed: [], used: new Set() };
}

/**
 * @param {ts.SourceFile} source
 * @param {readonly string[]} always
 * @returns {Module}
 */
function readModule(source, always) {
  const [first] = source.statements;
  const isDirective = first && ts.isExpressionStatement(first) && ts.isStringLiteral(first.expression);
  const declarations = findDeclarations(source);
  const elements = source.fileName === PROVIDER ? [] : findProviders(source);
  // Two elements with the same list share what they use, so that a page has one list for all its states.
  /** @type {Map<string, Set<string>>} */
  const usedByList = new Map();
  return {
    directive: isDirective ? first.expression.text : null,
    imports: findImports(source),
    providers: elements.map((element) => {
      const listed = readNamespaces(source, element);
      const list = element.openingElement.attributes.getText(source);
      const used = usedByList.get(list) ?? new Set();
      usedByList.set(list, used);
      const place = `${source.fileName}:${lineOf(element)}`;
      return {
        scope: { place, namespaces: new Set([...always, ...(listed ?? [])]), listed, used },
        contents: collectContents(element.children, declarations),
      };
    }),
    contentsOf: (exported) => {
      const isKnown = exported?.every((name) => declarations.has(name));
      const nodes = isKnown ? exported?.flatMap((name) => declarations.get(name) ?? []) : undefined;
      return collectContents(nodes ?? startsOf(source), declarations);
    },
  };
}

/**
 * @param {ts.SourceFile} source
 * @returns {ts.Node[]} what a file exports, and what it runs when it is loaded
 */
function startsOf(source) {
  return source.statements.flatMap((statement) => {
    const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
    const isExported = modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    if (ts.isVariableStatement(statement))
      return isExported ? [...statement.declarationList.declarations] : [];
    const isExport = ts.isExportAssignment(statement) || ts.isExportDeclaration(statement);
    return isExported || isExport || ts.isExpressionStatement(statement) ? [statement] : [];
  });
}

/**
 * Returns the imports of a file that exist when it runs: no types.
 *
 * @param {ts.SourceFile} source
 * @returns {Import[]}
 */
function findImports(source) {
  /** @type {Import[]} */
  const found = [];
  visitNodes(source, (node) => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      const names = importedNames(node.importClause);
      if (names.length > 0) found.push({ specifier: node.moduleSpecifier.text, names });
    }
    const dynamic = dynamicImport(node);
    if (dynamic) found.push({ specifier: dynamic, names: null });
  });
  return found;
}

/**
 * @param {ts.ImportClause | undefined} clause
 * @returns {{ local: string, exported: string }[]} what an import brings in, without types
 */
function importedNames(clause) {
  if (!clause || clause.isTypeOnly) return [];
  const bindings = clause.namedBindings;
  return [
    ...(clause.name ? [{ local: clause.name.text, exported: "default" }] : []),
    ...(bindings && ts.isNamespaceImport(bindings) ? [{ local: bindings.name.text, exported: "*" }] : []),
    ...(bindings && ts.isNamedImports(bindings)
      ? bindings.elements
          .filter((element) => !element.isTypeOnly)
          .map(({ name, propertyName }) => ({ local: name.text, exported: (propertyName ?? name).text }))
      : []),
  ];
}

/** Returns the specifier of `import("…")`, null for any other node. */
function dynamicImport(/** @type {ts.Node} */ node) {
  if (!ts.isCallExpression(node) || node.expression.kind !== ts.SyntaxKind.ImportKeyword) return null;
  const [specifier] = node.arguments;
  return specifier && ts.isStringLiteralLike(specifier) ? specifier.text : null;
}

/**
 * @param {string} file
 * @param {string} specifier
 * @param {import("./sources.mjs").Sources} sources
 * @returns {string | undefined} the imported file, if it is part of the project
 */
function resolveImport(file, specifier, sources) {
  if (!/^(@\/|[.])/.test(specifier)) return undefined;
  const target = specifier.startsWith("@/")
    ? specifier.slice(2)
    : path.posix.join(path.posix.dirname(file), specifier);
  return [target, `${target}.ts`, `${target}.tsx`, `${target}/index.ts`, `${target}/index.tsx`].find(
    (candidate) => sources.has(candidate),
  );
}

/**
 * @param {ts.SourceFile} source
 * @returns {ts.JsxElement[]}
 */
function findProviders(source) {
  /** @type {ts.JsxElement[]} */
  const found = [];
  visitNodes(source, (node) => {
    if (isProvider(node)) found.push(node);
  });
  return found;
}

/**
 * @param {ts.Node} node
 * @returns {node is ts.JsxElement}
 */
function isProvider(node) {
  return ts.isJsxElement(node) && node.openingElement.tagName.getText() === "ClientMessages";
}

/**
 * @param {ts.SourceFile} source
 * @returns {Map<string, ts.Node[]>} the variables and functions of a file by name
 */
function findDeclarations(source) {
  /** @type {Map<string, ts.Node[]>} */
  const declarations = new Map();
  visitNodes(source, (node) => {
    if (!isDeclaration(node)) return;
    for (const name of declaredNames(node.name))
      declarations.set(name, [...(declarations.get(name) ?? []), node]);
  });
  return declarations;
}

/**
 * Returns the names and keys in nodes and in the variables and functions of the file that they use, without those in a
 * `<ClientMessages>` inside them.
 *
 * @param {readonly ts.Node[]} nodes
 * @param {ReadonlyMap<string, ts.Node[]>} declarations
 * @returns {Contents}
 */
function collectContents(nodes, declarations) {
  /** @type {Contents} */
  const contents = { names: new Set(), keys: [] };
  const followed = new Set();
  const visit = (/** @type {ts.Node} */ node) => {
    // A declaration is followed where its name is used.
    if (isProvider(node) || isDeclaration(node) || ts.isTypeNode(node)) return false;
    const dynamic = dynamicImport(node);
    if (dynamic) contents.names.add(`import(${dynamic})`);
    if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) contents.keys.push(readKeyText(node));
    if (ts.isIdentifier(node)) {
      contents.names.add(node.text);
      for (const declaration of declarations.get(node.text) ?? []) follow(declaration);
    }
    return true;
  };
  const follow = (/** @type {ts.Node} */ declaration) => {
    if (followed.has(declaration)) return;
    followed.add(declaration);
    ts.forEachChild(declaration, (child) => visitNodes(child, visit));
  };
  for (const node of nodes) {
    if (isDeclaration(node)) follow(node);
    else visitNodes(node, visit);
  }
  return contents;
}

/**
 * @param {ts.Node} node
 * @returns {node is ts.VariableDeclaration | ts.FunctionDeclaration}
 */
function isDeclaration(node) {
  return ts.isVariableDeclaration(node) || ts.isFunctionDeclaration(node);
}

/**
 * @param {ts.BindingName | undefined} name
 * @returns {string[]}
 */
function declaredNames(name) {
  if (!name) return [];
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) =>
    ts.isBindingElement(element) ? declaredNames(element.name) : [],
  );
}

/**
 * @param {ts.SourceFile} source
 * @param {ts.JsxElement} element
 * @returns {string[] | null} the namespaces of a `<ClientMessages>`; null if they are not a list in this file
 */
function readNamespaces(source, element) {
  const attribute = element.openingElement.attributes.properties.find(
    (property) => ts.isJsxAttribute(property) && property.name.getText(source) === "namespaces",
  );
  if (!attribute || !ts.isJsxAttribute(attribute)) return [];
  const value = attribute.initializer;
  return value && ts.isJsxExpression(value) ? readArray(source, value.expression) : null;
}

/**
 * @param {ts.SourceFile} source
 * @param {ts.Expression | undefined} expression an array of strings, or the name of a constant that holds one
 * @returns {string[] | null}
 */
function readArray(source, expression) {
  if (!expression) return null;
  if (ts.isIdentifier(expression)) return readArray(source, findInitializer(source, expression.text));
  if (ts.isAsExpression(expression) || ts.isSatisfiesExpression(expression))
    return readArray(source, expression.expression);
  if (!ts.isArrayLiteralExpression(expression)) return null;
  const texts = expression.elements.filter(ts.isStringLiteralLike).map((element) => element.text);
  return texts.length === expression.elements.length ? texts : null;
}

/**
 * @param {ts.SourceFile} source
 * @param {string} name
 * @returns {ts.Expression | undefined}
 */
function findInitializer(source, name) {
  /** @type {ts.Expression | undefined} */
  let found;
  visitNodes(source, (node) => {
    if (ts.isVariableDeclaration(node) && node.name.getText(source) === name) found = node.initializer;
  });
  return found;
}
