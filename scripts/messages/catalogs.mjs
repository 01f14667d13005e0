import vocabulary from "../vocabulary.json" with { type: "json" };
import { splitWords } from "../vocabulary.mjs";
import { parseMessage, shapeOf, textsOf } from "./icu.mjs";

/**
 * The rules for the catalogs alone: messages that parse, languages that match English, words.
 *
 * @typedef {Map<string, string>} FlatCatalog the messages by their full key
 *
 * @typedef {ReadonlyMap<string, FlatCatalog>} CatalogsByLocale includes "en"
 */

/** Categories of larger numbers, such as "many" of 1,000,000 in French, can be left out. */
const MAX_PLURAL_NUMBER = 1_000;
const MAX_WORDS = 20;
const MAX_HINT_LENGTH = 90;
const INVISIBLE = /[\p{Cc}\u00AD\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF]/u;

/**
 * @param {unknown} messages
 * @param {string} [prefix]
 * @returns {FlatCatalog}
 */
export function flattenCatalog(messages, prefix = "") {
  return new Map(
    Object.entries(/** @type {Record<string, unknown>} */ (messages)).flatMap(([name, value]) =>
      typeof value === "string" ? [[prefix + name, value]] : [...flattenCatalog(value, `${prefix}${name}.`)],
    ),
  );
}

/**
 * Finds messages that do not parse, or do not have the arguments, cases and tags of the English message, or lack a plural
 * category of their language.
 *
 * @param {CatalogsByLocale} catalogs
 * @returns {string[]}
 */
export function findIcuProblems(catalogs) {
  const english = new Map(
    [...(catalogs.get("en") ?? [])].flatMap(([key, message]) => {
      const shape = tryParse(message);
      return typeof shape === "string" ? [] : [[key, shape]];
    }),
  );
  return [...catalogs].flatMap(([locale, catalog]) =>
    [...catalog].flatMap(([key, message]) => {
      const shape = tryParse(message);
      const expected = english.get(key);
      const problems =
        typeof shape === "string"
          ? [`does not parse: ${shape}`]
          : [...findPluralProblems(shape, locale), ...(expected ? compareShapes(shape, expected) : [])];
      return problems.map((problem) => at(locale, key, problem));
    }),
  );
}

/**
 * @param {string} message
 * @returns {import("./icu.mjs").Shape | string} its shape, or the error of the parser
 */
function tryParse(message) {
  try {
    return shapeOf(parseMessage(message));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * @param {import("./icu.mjs").Shape} shape
 * @param {string} locale
 * @returns {string[]}
 */
function findPluralProblems({ plurals }, locale) {
  return plurals.flatMap(({ name, ordinal, cases }) => {
    const rules = new Intl.PluralRules(locale, { type: ordinal ? "ordinal" : "cardinal" });
    const categories = new Set(["other", ...rules.resolvedOptions().pluralCategories]);
    // "=1" can replace "one" where "one" is only the number 1.
    const numbers = Array.from({ length: MAX_PLURAL_NUMBER }, (_, number) => number);
    const needed = new Set(
      numbers.filter((number) => !cases.includes(`=${number}`)).map((number) => rules.select(number)),
    );
    return [
      ...[...needed]
        .filter((category) => !cases.includes(category))
        .map((category) => `the plural of {${name}} lacks "${category}"`),
      ...cases
        .filter((category) => !category.startsWith("=") && !categories.has(category))
        .map((category) => `"${category}" of the plural of {${name}} is never used in ${locale}`),
    ];
  });
}

/**
 * @param {import("./icu.mjs").Shape} shape
 * @param {import("./icu.mjs").Shape} english
 * @returns {string[]}
 */
function compareShapes(shape, english) {
  const problems = [
    ...compareNames("argument", [...shape.kinds.keys()], [...english.kinds.keys()], (name) => `{${name}}`),
    ...compareNames("tag", [...shape.tags], [...english.tags], (name) => `<${name}>`),
  ];
  for (const [name, kind] of shape.kinds) {
    const expected = english.kinds.get(name);
    const isChoice = kind === "select" || kind === "plural";
    const isExpectedChoice = expected === "select" || expected === "plural";
    // Another language can need a plural where English has the same text for every number.
    const isNewPlural = kind === "plural" && expected === "number";
    if (expected && kind !== expected && (isChoice || isExpectedChoice) && !isNewPlural)
      problems.push(`{${name}} is a ${kind}, in English a ${expected}`);
    const cases = shape.selects.get(name);
    const expectedCases = english.selects.get(name);
    if (cases && expectedCases && cases !== expectedCases)
      problems.push(`{${name}} has the cases ${cases}, in English ${expectedCases}`);
  }
  return problems;
}

/**
 * @param {string} noun
 * @param {readonly string[]} names
 * @param {readonly string[]} expected
 * @param {(name: string) => string} format
 * @returns {string[]}
 */
function compareNames(noun, names, expected, format) {
  return [
    ...expected.filter((name) => !names.includes(name)).map((name) => `lacks the ${noun} ${format(name)}`),
    ...names
      .filter((name) => !expected.includes(name))
      .map((name) => `has the ${noun} ${format(name)}, which English does not have`),
  ];
}

/**
 * Finds messages that a language lacks, and those that only another language has. `admin` can stay in English.
 *
 * @param {CatalogsByLocale} catalogs
 * @returns {string[]}
 */
export function findLanguageProblems(catalogs) {
  const english = catalogs.get("en") ?? new Map();
  return [...catalogs].flatMap(([locale, catalog]) => [
    ...[...english.keys()]
      .filter((key) => !key.startsWith("admin.") && !catalog.has(key))
      .map((key) => at(locale, key, "is missing")),
    ...[...catalog.keys()]
      .filter((key) => !english.has(key))
      .map((key) => at(locale, key, "does not exist in English")),
  ]);
}

/**
 * Finds messages that equal the English one, which are probably not translated.
 *
 * @param {CatalogsByLocale} catalogs
 * @param {readonly { text: string, locales?: string[], reason: string }[]} allowed
 * @returns {string[]}
 */
export function findUntranslated(catalogs, allowed) {
  const english = catalogs.get("en") ?? new Map();
  return [...catalogs]
    .filter(([locale]) => locale !== "en")
    .flatMap(([locale, catalog]) =>
      [...catalog]
        .filter(([key, message]) => message === english.get(key) && hasWords(message))
        .filter(
          ([, message]) =>
            !allowed.some(
              ({ text, locales }) =>
                (!locales || locales.includes(locale)) && new RegExp(`^(${text})$`).test(message),
            ),
        )
        .map(([key, message]) => at(locale, key, `equals the English "${message}"`)),
    );
}

/** Returns false for messages such as "{name}: {error}". */
function hasWords(/** @type {string} */ message) {
  return renderMessage(message).some((text) => /\p{L}/u.test(text.replaceAll(/\{[^}]*\}/g, "")));
}

/**
 * Finds texts that break the principles for words (docs/STYLE.md), and characters that no message contains. Words are
 * checked in English only.
 *
 * @param {CatalogsByLocale} catalogs
 * @param {{ banned: { text: string, instead: string }[], allowed: { text: string, reason: string }[] }} words
 * @returns {string[]}
 */
export function findWordProblems(catalogs, words) {
  return [...catalogs].flatMap(([locale, catalog]) =>
    [...catalog].flatMap(([key, message]) => {
      const problems = renderMessage(message).flatMap((text) => [
        ...findCharacterProblems(text),
        ...(locale === "en"
          ? [...findBannedWords(text, words), ...findSentenceProblems(text), ...findHintProblems(key, text)]
          : []),
      ]);
      return [...new Set(problems)].map((problem) => at(locale, key, problem));
    }),
  );
}

/** Returns the texts that a message can become; the message itself if it does not parse. */
function renderMessage(/** @type {string} */ message) {
  try {
    return textsOf(parseMessage(message));
  } catch {
    return [message];
  }
}

/**
 * @param {string} text
 * @returns {string[]}
 */
function findCharacterProblems(text) {
  const visible = text.match(INVISIBLE);
  return [
    ...(text.includes('"') ? ["has straight quotes; use “ ”, or those of the language"] : []),
    ...(text.includes("...") ? ['has "..."; use "…"'] : []),
    ...(/^\s|\s$/u.test(text) ? ["begins or ends with a space"] : []),
    ...(/\s\s/u.test(text) ? ["has two spaces in a row"] : []),
    ...(visible ? [`has the invisible character U+${hex(visible[0])}`] : []),
    ...(/&(#\w+|[a-z]+);/i.test(text) ? ["has an HTML entity; write the character"] : []),
  ];
}

function hex(/** @type {string} */ character) {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
}

/**
 * @param {string} text
 * @param {{ banned: { text: string, instead: string }[], allowed: { text: string, reason: string }[] }} words
 * @returns {string[]}
 */
function findBannedWords(text, { banned, allowed }) {
  const rest = allowed.reduce(
    (kept, { text: phrase }) => kept.replaceAll(new RegExp(phrase, "gi"), ""),
    text.replaceAll(/\{[^}]*\}/g, "{}"),
  );
  const bannedWords = new Set(vocabulary.banned.words);
  return [
    ...splitWords(rest)
      .filter((word) => bannedWords.has(word))
      .map((word) => `has the word "${word}"`),
    ...vocabulary.banned.phrases.flatMap((phrase) => {
      const [found] = rest.match(new RegExp(`\\b${phrase}\\b`, "i")) ?? [];
      return found ? [`has "${found}"`] : [];
    }),
    ...banned.flatMap(({ text: phrase, instead }) => {
      const [found] = rest.match(new RegExp(phrase, "i")) ?? [];
      return found ? [`has "${found}"; ${instead}`] : [];
    }),
  ];
}

/**
 * @param {string} text
 * @returns {string[]}
 */
function findSentenceProblems(text) {
  return text.split(/(?<=[.?!][”")]*)\s+/u).flatMap((sentence) => {
    const words = sentence.split(/\s+/u).filter((word) => /[\p{L}\p{N}#]/u.test(word));
    return words.length > MAX_WORDS
      ? [`has a sentence of ${words.length} words, more than ${MAX_WORDS}: "${sentence}"`]
      : [];
  });
}

/**
 * @param {string} key
 * @param {string} text
 * @returns {string[]}
 */
function findHintProblems(key, text) {
  const isHint = /(^|[.])hint$|Hint$/.test(key);
  return isHint && text.length > MAX_HINT_LENGTH
    ? [`is a hint of ${text.length} characters, more than ${MAX_HINT_LENGTH}`]
    : [];
}

function at(/** @type {string} */ locale, /** @type {string} */ key, /** @type {string} */ problem) {
  return `messages/${locale}.json ${key}: ${problem}`;
}

/**
 * Returns a problem for each row of the notes, in Markdown, whose key is neither a message nor a group of messages.
 *
 * @param {FlatCatalog} english
 * @param {string} notes
 * @returns {string[]}
 */
export function findNoteProblems(english, notes) {
  const keys = [...english.keys()];
  return [...notes.matchAll(/^\| `([^`]+)`/gm)].flatMap(([, noted = ""]) =>
    keys.some((key) => key === noted || key.startsWith(`${noted}.`))
      ? []
      : [`messages/README.md: ${noted} is not a message`],
  );
}
