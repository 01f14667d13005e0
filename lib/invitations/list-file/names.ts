/** The maximum number of characters of a name, as of an account's name. */
const MAX_NAME_LENGTH = 100;

/** Format, control, unassigned and private characters; a name has none of them (S-INPUT-5). */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}\p{Default_Ignorable_Code_Point}\uFFFD]/gu;

/** Joiners between letters that need them: ZWNJ and ZWJ in Arabic script, both after a virama (S-I18N-3). */
const NEEDED_JOINER =
  /(?<=\p{Script=Arabic})\u200C(?=\p{Script=Arabic})|(?<=[\u094D\u09CD\u0A4D\u0ACD\u0B4D\u0BCD\u0C4D\u0CCD\u0D4D\u0DCA])[\u200C\u200D]/gu;

/** What programs write for a missing name. */
const NO_NAME =
  /^(?:n\/?a|null|nil|none|unknown|undefined|nan|unnamed|no name|not provided|not set|unbekannt|inconnu|desconocido|#n\/a|#nv|#ref!|#name\?|true|false)$/i;

/** What follows a name after a comma without being a part of it: "Lee, Jr." */
const SUFFIX = /^(?:jr|sr|ii|iii|iv|phd|md|mba|esq|dds|cpa|msc)\.?$/i;

/** Quotation marks around the whole name, and Excel's mark for text in front. */
const QUOTED = /^["'“”„‟‘’‚‛«»‹›`]\s*(.*?)\s*["'“”„‟‘’‚‛«»‹›`]$|^['`](.*)$/u;

/**
 * Returns a person's name in NFC without quotation marks, line breaks and invisible characters, as "Ann Lee"
 * also if it was "Lee, Ann"; null if the text is not a name: empty, a placeholder, an address or a URL, without
 * any letter, or longer than 100 characters (REQ-B10, S-INPUT-5).
 */
export function toPersonName(text: string): string | null {
  // A longer text is not a name; most names have less than 60 characters.
  if (text.length > 4 * MAX_NAME_LENGTH) return null;
  const name = removeInvisible(text.normalize("NFC").replace(/\s+/gu, " ")).trim();
  const bare = flipName(
    name
      .replace(/[\s,;]+$/, "")
      .replace(QUOTED, "$1$2")
      .trim(),
  );
  if (bare.length > MAX_NAME_LENGTH || NO_NAME.test(bare) || !/\p{L}/u.test(bare)) return null;
  return /[@＠<>]|:\/\/|^www\./i.test(bare) ? null : bare;
}

/**
 * Returns the full name of a first and a last name, either of which can be missing. Names in Chinese, Japanese
 * and Korean characters begin with the family name, others if `familyNameFirst`.
 */
export function joinNames(
  first: string | null,
  last: string | null,
  familyNameFirst: boolean,
): string | null {
  if (!first || !last) return first ?? last;
  const both = first + last;
  // Japanese names keep a space if a part has kana; names of only Chinese characters or Hangul have none.
  if (/^(?:\p{Script=Han}+|\p{Script=Hangul}+)$/u.test(both)) return toPersonName(last + first);
  const isEastAsian = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー\s]+$/u.test(
    both,
  );
  return toPersonName(familyNameFirst || isEastAsian ? `${last} ${first}` : `${first} ${last}`);
}

/** Keeps joiners that the script needs and removes all other invisible characters. */
function removeInvisible(text: string): string {
  // Most names are plain, and this test is much faster than the patterns.
  if (/^[ -~\u00A1-\u00AC\u00AE-\u024F]*$/.test(text)) return text;
  const needed = new Set([...text.matchAll(NEEDED_JOINER)].map((match) => match.index));
  return text.replace(INVISIBLE, (char, index: number) => (needed.has(index) ? char : ""));
}

function flipName(name: string): string {
  const [last = "", first = "", ...others] = name.split(",").map((part) => part.trim());
  if (others.length > 0 || !last || !first || SUFFIX.test(first)) return name;
  return `${first} ${last}`;
}
