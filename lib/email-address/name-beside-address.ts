/** A name in the text before an address; `dropped` is a remark that belonged to it, such as `(Sales)`. */
export type NameBefore = { name: string; start: number; dropped: string };

const FORBIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}@<>=\\{}|]|:\/\//u;
const QUOTED = /(?<![\p{L}\p{N}])(["“„«'‘]{1,3})([^"“”„«»<>\n]{1,100})["”“»'’]{1,3}\s*$/u;
const REMARK = /\s*(?:[(（][^()（）]*[)）]|\[[^[\]]*\])/g;
const LIST_SIGN = /^(?:[-*•‣▪–—·>]|\d{1,3}[.)])\s+/;
/** Parts of names that begin in lower case. */
const PARTICLES = new Set(
  "af al av bin da dal das de del della den der di do dos du e el ibn la le los st ten ter van vom von y zu zum zur".split(
    " ",
  ),
);
const SUFFIX = /^(?:jr|sr|ii|iii|iv|phd|md|esq|mba|dr)[.]?$/i;

/**
 * Finds the name in the text that ends where an address begins: before a bracket (`Lee, Ann <`), before a
 * dash (`Ann Lee - `), or alone in the cell before (`Ann⇥`). `isLineStart` is true if the text begins a line.
 * Returns null if there is none.
 */
export function findNameBefore(text: string, isBracketed: boolean, isLineStart: boolean): NameBefore | null {
  const lineStart = text.lastIndexOf("\n") + 1;
  const line = text.slice(lineStart);
  if (/\t\s*$/.test(line) && (lineStart > 0 || isLineStart)) {
    const cells = line.split("\t").filter((cell) => cell.trim() !== "");
    const name = cells.length === 1 ? cleanName(cells[0] ?? "") : null;
    return name === null ? null : { name, start: lineStart, dropped: "" };
  }
  const cut = line.search(/[^\t]*$/);
  const cell = line.slice(cut);
  const beforeDash = isBracketed ? cell : /^(.*\S)\s+[-–—]\s+$/s.exec(cell)?.[1];
  return beforeDash === undefined ? null : nameAtEnd(beforeDash, lineStart + cut);
}

function nameAtEnd(text: string, offset: number): NameBefore | null {
  const quoted = QUOTED.exec(text);
  if (quoted) {
    const inner = quoted[2] ?? "";
    const name = cleanName(inner.replaceAll(REMARK, ""));
    return name === null ? null : { name, start: offset + quoted.index, dropped: remarksOf(inner) };
  }
  // Remarks may contain separators: `Lund Kai (IT, 2nd floor)`.
  const masked = text.replaceAll(REMARK, (remark) => " ".repeat(remark.length));
  let start =
    Math.max(
      ...[";", "|", "；", "，", "、", "•", "<", ">", ":", "："].map((sign) => masked.lastIndexOf(sign)),
    ) + 1;
  const skip = (pattern: RegExp) => {
    start += pattern.exec(masked.slice(start))?.[0].length ?? 0;
  };
  skip(/^[\s,.!?…)]*/);
  skip(LIST_SIGN);
  const parts = masked.slice(start).split(",");
  const isLastFirst =
    parts.length === 2 &&
    parts.every((part) => part.trim() !== "" && countWords(part) <= 3 && !isSentence(part));
  if (!isLastFirst) {
    start = Math.max(start, masked.lastIndexOf(",") + 1);
    start += beginOfName(masked.slice(start));
  }
  const name = cleanName(masked.slice(start));
  return name === null ? null : { name, start: offset + start, dropped: remarksOf(text.slice(start)) };
}

/** Returns where the name begins at the end of words: `please add Ann de Lee` has a name of three words. */
function beginOfName(words: string): number {
  const all = [...words.matchAll(/\S+/g)];
  if (!isSentence(words)) return 0;
  let first = all.length;
  while (first > 0 && isNameWord(all[first - 1]?.[0] ?? "")) first--;
  return all[first]?.index ?? words.length;
}

/** Returns true if words have both capitals and other words that begin in lower case. */
function isSentence(words: string): boolean {
  const all = words.split(/\s+/).filter((word) => word !== "");
  return (
    all.some((word) => !isNameWord(word)) && (all.some((word) => /^\p{Lu}/u.test(word)) || all.length > 4)
  );
}

function isNameWord(word: string): boolean {
  return !/^\p{Ll}/u.test(word) || PARTICLES.has(word) || /^[a-z]['’]\p{Lu}/u.test(word);
}

function countWords(text: string): number {
  return text.trim().split(/\s+/).length;
}

function remarksOf(text: string): string {
  return [...text.matchAll(REMARK)].map(([remark]) => remark).join(" ");
}

/**
 * Returns a name as it is shown: without quotation marks, `Lee, Ann` as `Ann Lee`. Returns null for other
 * texts: without a character of a script, longer than 100 characters, or with characters that names
 * do not have (S-INPUT-5).
 */
export function cleanName(text: string): string | null {
  const name = text
    .replaceAll(/[\s\u00a0]+/g, " ")
    .replace(/^[\s"“”„«»'‘’,;:.-]+/, "")
    .replace(/[\s"“”„«»'‘’,;:-]+$/, "");
  if (name.length > 100 || FORBIDDEN.test(name) || !/\p{L}/u.test(name)) return null;
  const [last = "", first = "", ...more] = name.split(/,\s*/);
  if (first === "" || more.length > 0) return name;
  return SUFFIX.test(first) ? `${last} ${first}` : `${first} ${last}`;
}

/** Returns the words of a text that have a character of a script, without the punctuation around them. */
export function wordsOf(text: string): string[] {
  return (text.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’._&+-]*/gu) ?? []).flatMap((word) =>
    /\p{L}/u.test(word) ? [word.length > 100 ? word : word.replace(/[.'’_&+-]+$/, "")] : [],
  );
}
