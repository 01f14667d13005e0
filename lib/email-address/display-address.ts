const PREFIX = "xn--";

/**
 * Latin characters of European and Vietnamese words, without those that look like another one, such as the
 * dotless i.
 */
const LATIN = /^[a-z0-9ß-öø-ÿāăąćĉċčďđēĕėęěĝğġģĥħĩīĭįĵķĺļľłńņňŋōŏőœŕŗřśŝşšţťŧũūŭůűųŵŷźżžơưșțẁẃẅạ-ỹ·-]+$/;

/** Scripts whose characters may be in one label together with digits and hyphens. */
const SCRIPTS = [
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々0-9-]+$/u,
  /^[\p{Script=Han}\p{Script=Hangul}0-9-]+$/u,
  /^[\p{Script=Han}\p{Script=Bopomofo}0-9-]+$/u,
  ...[
    "Cyrillic",
    "Greek",
    "Arabic",
    "Hebrew",
    "Devanagari",
    "Bengali",
    "Tamil",
    "Telugu",
    "Thai",
    "Georgian",
  ].map((script) => new RegExp(`^[\\p{Script=${script}}\\p{M}\\p{Nd}-]+$`, "u")),
  /^[\p{Script=Armenian}0-9-]+$/u,
];

/** Cyrillic and Greek characters that look like Latin ones. A label of nothing else could be mistaken. */
const LATIN_LOOKALIKES = /^[аеорсухіјѕԁһԛԝӏгкмптьвнαιονρυχκτγηω0-9-]+$/;

const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;

/**
 * Returns an address for people to read: an internationalized domain in its own script (`ann@müller.test`) if
 * that cannot be mistaken for another domain, else as it is stored (`ann@xn--…`). Takes a canonical address;
 * the result is only shown and searched, never stored or sent to (REQ-B12).
 */
export function displayAddress(address: string): string {
  const at = address.lastIndexOf("@");
  return address.slice(0, at + 1) + displayDomain(address.slice(at + 1));
}

/** Returns a canonical domain for people to read; see `displayAddress`. */
export function displayDomain(domain: string): string {
  if (!domain.includes(PREFIX)) return domain;
  const decoded = domain
    .split(".")
    .map((label) => (label.startsWith(PREFIX) ? decodePunycode(label.slice(PREFIX.length)) : label));
  if (decoded.some((label) => label === null)) return domain;
  const shown = decoded.join(".");
  const labels = shown.split(".");
  const hasNativeEnding = !/^[a-z0-9-]+$/.test(labels.at(-1) ?? "");
  if (!labels.every((label) => isSafeLabel(label, hasNativeEnding))) return domain;
  // A name of both directions could be read in the wrong order.
  if (RIGHT_TO_LEFT.test(shown) && !labels.every((label) => RIGHT_TO_LEFT.test(label))) return domain;
  const url = `http://${shown}`;
  return URL.canParse(url) && new URL(url).hostname === domain ? shown : domain;
}

function isSafeLabel(label: string, hasNativeEnding: boolean): boolean {
  if (label.includes("·") && /(?<!l)·|·(?!l)/.test(label)) return false;
  if (LATIN.test(label)) return true;
  if (/^\p{M}/u.test(label) || !SCRIPTS.some((script) => script.test(label))) return false;
  return hasNativeEnding || !LATIN_LOOKALIKES.test(label);
}

/**
 * Returns true if an address contains the searched text, in the stored or the displayed form: `müller`,
 * `xn--mller` and `MÜLLER.test` all find `ann@xn--mller-kva.test`. Takes a canonical address.
 */
export function matchesAddress(address: string, search: string): boolean {
  const text = search.trim().normalize("NFC").toLowerCase();
  return address.includes(text) || displayAddress(address).includes(text);
}

/**
 * Returns the texts that a search looks for: as typed, and in the form of stored addresses if it contains labels
 * of an internationalized domain (`ann@müller.test`, `müller.test`, `@müller`).
 */
export function searchTerms(search: string): string[] {
  const text = search.trim();
  if (/^[ -~]*$/.test(text) || /[\s/?#:%\\[\]<>^|]/.test(text)) return [search];
  const at = text.lastIndexOf("@");
  const url = `http://${text.slice(at + 1)}`;
  return URL.canParse(url) ? [search, text.slice(0, at + 1) + new URL(url).hostname] : [search];
}

/** Decodes the part of a label behind `xn--` (RFC 3492); null if it is invalid. */
function decodePunycode(encoded: string): string | null {
  const delimiter = encoded.lastIndexOf("-");
  const output = delimiter > 0 ? Array.from(encoded.slice(0, delimiter)) : [];
  let code = 128;
  let bias = 72;
  let position = 0;
  for (let index = delimiter > 0 ? delimiter + 1 : 0; index < encoded.length; ) {
    const start = position;
    for (let weight = 1, base = 36; ; base += 36) {
      const digit = "abcdefghijklmnopqrstuvwxyz0123456789".indexOf(encoded[index++] ?? " ");
      if (digit === -1) return null;
      position += digit * weight;
      if (position > 0x7fffffff) return null;
      const threshold = Math.min(Math.max(base - bias, 1), 26);
      if (digit < threshold) break;
      weight *= 36 - threshold;
    }
    const length = output.length + 1;
    let delta = start === 0 ? Math.floor(position / 700) : (position - start) >> 1;
    delta += Math.floor(delta / length);
    let steps = 0;
    for (; delta > 455; steps += 36) delta = Math.floor(delta / 35);
    bias = steps + Math.floor((36 * delta) / (delta + 38));
    code += Math.floor(position / length);
    if (code > 0x10ffff) return null;
    position %= length;
    output.splice(position++, 0, String.fromCodePoint(code));
  }
  return output.join("");
}
