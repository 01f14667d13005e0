import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import {
  findIcuProblems,
  findLanguageProblems,
  findNoteProblems,
  findUntranslated,
  findWordProblems,
  flattenCatalog,
} from "./messages/catalogs.mjs";
import { findNamespaceProblems } from "./messages/client-namespaces.mjs";
import { findKeyProblems, findLiteralText, findValueProblems } from "./messages/code.mjs";
import { readSources } from "./messages/sources.mjs";
import exceptions from "./messages.json" with { type: "json" };

/**
 * Checks the message catalogs and the code that uses them. `messages.json` holds the words that are not used and the
 * exceptions, each with its reason.
 *
 * `node scripts/messages.mjs [--only <rule>]`
 */

/**
 * @typedef {typeof exceptions} Exceptions
 *
 * @typedef {{
 *   catalogs: import("./messages/catalogs.mjs").CatalogsByLocale,
 *   english: import("./messages/catalogs.mjs").FlatCatalog,
 *   sources: import("./messages/sources.mjs").Sources,
 *   notes: string,
 * }} Project
 */

/** @type {Record<string, (project: Project, allowed: Exceptions) => string[]>} */
const RULES = {
  // Messages parse and need the same values in every language.
  icu: ({ catalogs }) => findIcuProblems(catalogs),
  // Every language has every message.
  languages: ({ catalogs }) => findLanguageProblems(catalogs),
  // Every message is used, and every used message exists.
  keys: ({ sources, english }) => findKeyProblems(sources, english),
  // The code passes the values that a message needs.
  values: ({ sources, english }) => findValueProblems(sources, english),
  // Every message is translated.
  identical: ({ catalogs }, allowed) => findUntranslated(catalogs, allowed.identical),
  // The notes for translators are about messages that exist.
  notes: ({ english, notes }) => findNoteProblems(english, notes),
  // Texts follow the principles for words.
  words: ({ catalogs }, allowed) => findWordProblems(catalogs, allowed.words),
  // All text is in the catalog.
  text: ({ sources, english }, allowed) => findLiteralText(sources, english, allowed.text),
  // The browser gets the messages that it needs, and no others.
  namespaces: ({ sources, english }, allowed) => findNamespaceProblems(sources, english, allowed.namespaces),
};

const RULE_NAMES = Object.keys(RULES);

/**
 * Checks a project with the rules, by default all.
 *
 * @param {string} root
 * @param {readonly string[]} [rules]
 * @param {Exceptions} [allowed]
 * @returns {Map<string, string[]>} the findings by rule
 */
export function checkMessages(root, rules = RULE_NAMES, allowed = exceptions) {
  const folder = path.join(root, "messages");
  const catalogs = new Map(
    readdirSync(folder)
      .filter((file) => file.endsWith(".json"))
      .map((file) => [
        file.replace(/[.]json$/, ""),
        flattenCatalog(JSON.parse(readFileSync(path.join(folder, file), "utf8"))),
      ]),
  );
  const readme = path.join(folder, "README.md");
  const project = {
    catalogs,
    english: catalogs.get("en") ?? new Map(),
    sources: readSources(root),
    notes: existsSync(readme) ? readFileSync(readme, "utf8") : "",
  };
  return new Map(rules.map((rule) => [rule, RULES[rule]?.(project, allowed) ?? []]));
}

function main(/** @type {string[]} */ [option, rule = ""]) {
  if (option && !(option === "--only" && RULE_NAMES.includes(rule))) {
    console.error(`Usage: node scripts/messages.mjs [--only ${RULE_NAMES.join("|")}]`);
    return false;
  }
  const root = fileURLToPath(new URL("..", import.meta.url));
  const findings = checkMessages(root, option ? [rule] : RULE_NAMES);
  for (const [name, lines] of findings) for (const line of lines) console.error(`${name}: ${line}`);
  const counts = [...findings].filter(([, lines]) => lines.length > 0);
  if (counts.length > 0)
    console.error(`Findings: ${counts.map(([name, lines]) => `${name} ${lines.length}`).join(", ")}`);
  return counts.length === 0;
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url))
  process.exit(main(process.argv.slice(2)) ? 0 : 1);
