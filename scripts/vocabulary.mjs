import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import vocabulary from "./vocabulary.json" with { type: "json" };

/**
 * Checks names and words (docs/STYLE.md): banned words in names, comments and text; names that two modules export;
 * exported names under five letters. `vocabulary.json` holds the lists, each exception with its reason.
 *
 * `node scripts/vocabulary.mjs [path ...]` reports only what is below the paths.
 */

const TEXT = /\.(ts|tsx|mjs|cjs|css|md|json|prisma|sql|yml|yaml|txt|html|example)$/;
const CODE = /\.(ts|tsx|mjs)$/;
/** Names that Next.js, vitest and other tools read from a module. */
const CONVENTIONS = new Set(vocabulary.conventions);

/**
 * @param {string} file
 * @param {string} text
 * @returns {string[]} one line per banned word or phrase
 */
export function bannedWords(file, text) {
  const found = [];
  const words = new Set(vocabulary.banned.words);
  const allowed = vocabulary.banned.allowed.filter((entry) => new RegExp(entry.path).test(file));
  const lines = [file, ...text.split("\n")];
  for (const [number, line] of lines.entries()) {
    const rest = allowed.reduce(
      (kept, { text: phrase }) => kept.replaceAll(new RegExp(phrase, "gi"), ""),
      line,
    );
    for (const word of splitWords(rest)) if (words.has(word)) found.push(`${file}:${number} "${word}"`);
    for (const phrase of vocabulary.banned.phrases)
      if (new RegExp(`\\b${phrase}\\b`, "i").test(rest)) found.push(`${file}:${number} "${phrase}"`);
  }
  return found;
}

/**
 * @param {string} line
 * @returns {string[]} its words in lower case; names in camel, snake and kebab case are split
 */
export function splitWords(line) {
  return line
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter(Boolean);
}

/**
 * @param {string} file
 * @param {string} text
 * @returns {string[]} the names that the module declares and exports
 */
export function exportedNames(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  return source.statements.flatMap((statement) => {
    const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
    const kinds = modifiers.map((modifier) => modifier.kind);
    if (!kinds.includes(ts.SyntaxKind.ExportKeyword) || kinds.includes(ts.SyntaxKind.DefaultKeyword))
      return [];
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.map((declaration) => declaration.name.getText(source));
    return "name" in statement && statement.name ? [statement.name.getText(source)] : [];
  });
}

/**
 * @param {ReadonlyMap<string, readonly string[]>} exported the names by file
 * @returns {string[]} one line per name that two modules export, and per name that is too short
 */
export function ambiguousNames(exported) {
  const files = new Map();
  for (const [file, names] of exported)
    for (const name of new Set(names))
      if (!CONVENTIONS.has(name)) files.set(name, [...(files.get(name) ?? []), file]);
  return [...files].flatMap(([name, places]) => [
    ...(places.length > 1 && !(name in vocabulary.sharedNames)
      ? [`${places.join(", ")} "${name}" is exported twice`]
      : []),
    ...(name.length < 5 && !(name in vocabulary.shortNames)
      ? [`${places[0]} "${name}" has under five letters`]
      : []),
  ]);
}

function main(/** @type {string[]} */ only) {
  const files = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], { encoding: "utf8" })
    .split("\n")
    .filter(
      (file) => TEXT.test(file) && !vocabulary.notChecked.some((entry) => new RegExp(entry.path).test(file)),
    );
  const texts = new Map(
    files.flatMap((file) => {
      try {
        return [[file, readFileSync(file, "utf8")]];
      } catch {
        return [];
      }
    }),
  );
  const exported = new Map(
    [...texts].filter(([file]) => CODE.test(file)).map(([file, text]) => [file, exportedNames(file, text)]),
  );
  const findings = [
    ...[...texts].flatMap(([file, text]) => bannedWords(file, text)),
    ...ambiguousNames(exported),
  ].filter((line) => only.length === 0 || only.some((start) => line.includes(start)));
  for (const line of findings) console.error(line);
  if (findings.length > 0) console.error(`${findings.length} findings. docs/STYLE.md has the usual words.`);
  return findings.length === 0;
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url))
  process.exit(main(process.argv.slice(2)) ? 0 : 1);
