import { type InvalidListReason, MAX_LINES } from "@/lib/invitations/list-file/decode";
import { decodeBytes, isEncoding } from "@/lib/invitations/list-file/encodings";
import type { ListRecord } from "@/lib/invitations/list-file/records";
import { done, type Result, refused } from "@/lib/result/result";

/** The header of the rows of a vCard file. It has the line 0, because it is not in the file. */
const VCARD_HEADER: Readonly<ListRecord> = {
  line: 0,
  cells: ["Full name", "First name", "Last name", "Email", "Other email"],
};

/** The maximum number of characters of a property; longer ones, such as photos, are skipped. */
const MAX_PROPERTY_LENGTH = 10_000;

type Property = { name: string; params: ReadonlyMap<string, string>; value: string };
type Card = { line: number; fullName: string; firstName: string; lastName: string; emails: CardEmail[] };
/** The lowest `preference` is the preferred address. */
type CardEmail = { address: string; preference: number };

/**
 * Reads vCards 2.1, 3.0 and 4.0 into a header and a row for each card, whose line is that of its BEGIN (REQ-B12). A
 * card with several addresses of which one is preferred has the others in a column of their own. If none is
 * preferred, all are in the column "Email", so that a person has to choose. Refuses more than 200,000 cards.
 */
export function readVcards(text: string): Result<ListRecord[], InvalidListReason> {
  const rows: ListRecord[] = [VCARD_HEADER];
  let card: Card | null = null;
  let depth = 0;
  for (const { line, content } of unfoldLines(text)) {
    const property = parseProperty(content);
    if (!property) continue;
    const isOfCard = property.value.trim().toUpperCase() === "VCARD";
    if (property.name === "BEGIN" && isOfCard) {
      depth += 1;
      // vCard 2.1 can contain the card of an agent.
      if (depth === 1) card = { line, fullName: "", firstName: "", lastName: "", emails: [] };
    } else if (property.name === "END" && isOfCard) {
      depth = Math.max(0, depth - 1);
      if (depth > 0 || !card) continue;
      if (rows.length > MAX_LINES) return refused("too-many-lines");
      rows.push(toRow(card));
      card = null;
    } else if (card && depth === 1) addProperty(card, property);
  }
  // A file that was cut off.
  if (card) rows.push(toRow(card));
  return rows.length === 1 ? refused("empty") : done(rows);
}

function addProperty(card: Card, { name, params, value }: Property): void {
  if (name === "FN") card.fullName = cleanValue(value);
  else if (name === "N") [card.lastName, card.firstName] = splitName(value);
  else if (name === "EMAIL") {
    const address = cleanValue(value).replace(/^mailto:/i, "");
    const isNew = address !== "" && !card.emails.some((other) => other.address === address);
    if (isNew && card.emails.length < 50) card.emails.push({ address, preference: readPreference(params) });
  }
}

function toRow({ line, fullName, firstName, lastName, emails }: Card): ListRecord {
  const lowest = Math.min(...emails.map(({ preference }) => preference));
  const first = emails.filter(({ preference }) => preference === lowest);
  const others = emails.filter(({ preference }) => preference !== lowest);
  const join = (list: CardEmail[]) => list.map(({ address }) => address).join(", ");
  return { line, cells: [fullName, firstName, lastName, join(first), join(others)] };
}

/** vCard 4.0 has PREF=1 to 100, 3.0 has TYPE=pref, 2.1 has PREF alone. */
function readPreference(params: ReadonlyMap<string, string>): number {
  const pref = params.get("PREF");
  if (pref !== undefined) return Number.parseInt(pref, 10) || 1;
  return /(^|,)pref(,|$)/i.test(params.get("TYPE") ?? "") ? 1 : 101;
}

/** Joins folded lines. A long property is cut, so that photos cost nothing. */
function* unfoldLines(text: string): Generator<{ line: number; content: string }> {
  let content = "";
  let start = 1;
  let line = 0;
  for (let index = 0; index <= text.length; ) {
    const [end, next] = findLineEnd(text, index);
    line += 1;
    const isSoftBreak = content.endsWith("=") && /^[^:]*QUOTED-PRINTABLE/i.test(content);
    const isFolded = line > 1 && (text.charAt(index) === " " || text.charAt(index) === "\t");
    if (isSoftBreak || isFolded) {
      if (content.length < MAX_PROPERTY_LENGTH) {
        const part = text.slice(index + (isSoftBreak ? 0 : 1), Math.min(end, index + MAX_PROPERTY_LENGTH));
        content = (isSoftBreak ? content.slice(0, -1) : content) + part;
      }
    } else {
      if (content !== "") yield { line: start, content };
      content = text.slice(index, Math.min(end, index + MAX_PROPERTY_LENGTH));
      start = line;
    }
    index = next;
  }
  if (content !== "") yield { line: start, content };
}

/** Returns where the line ends and where the next begins. */
function findLineEnd(text: string, start: number): [end: number, next: number] {
  for (let index = start; index < text.length; index += 1) {
    const char = text.charCodeAt(index);
    if (char === 10) return [index, index + 1];
    if (char === 13) return [index, index + (text.charCodeAt(index + 1) === 10 ? 2 : 1)];
  }
  return [text.length, text.length + 1];
}

/** Parses `item1.EMAIL;TYPE=work:ann@x.test`. Returns null for a line without a colon. */
function parseProperty(content: string): Property | null {
  let isQuoted = false;
  let colon = 0;
  for (; colon < content.length; colon += 1) {
    const char = content.charAt(colon);
    if (char === '"') isQuoted = !isQuoted;
    if (char === ":" && !isQuoted) break;
  }
  if (colon === content.length) return null;
  const [name = "", ...list] = content.slice(0, colon).split(";");
  const params = new Map<string, string>();
  for (const param of list) {
    const [key = "", value] = param.replaceAll('"', "").split("=", 2);
    const isBare = value === undefined;
    // vCard 2.1 writes values alone: EMAIL;INTERNET;PREF:ann@x.test
    if (isBare && /^(quoted-printable|base64|8bit)$/i.test(key)) params.set("ENCODING", key);
    else if (isBare && key.toUpperCase() !== "PREF") continue;
    else {
      const previous = params.get(key.toUpperCase());
      params.set(key.toUpperCase(), previous === undefined ? (value ?? "1") : `${previous},${value}`);
    }
  }
  const raw = content.slice(colon + 1);
  const isEncoded = params.get("ENCODING")?.toUpperCase() === "QUOTED-PRINTABLE";
  const value = isEncoded ? decodeQuotedPrintable(raw, params.get("CHARSET") ?? "utf-8") : raw;
  return {
    name: name
      .slice(name.lastIndexOf(".") + 1)
      .trim()
      .toUpperCase(),
    params,
    value,
  };
}

function decodeQuotedPrintable(text: string, charset: string): string {
  const name = charset.toLowerCase().replace(/^(iso-8859-1|us-ascii)$/, "windows-1252");
  const encoding = isEncoding(name) ? name : "utf-8";
  return text.replace(/(?:=[0-9A-Fa-f]{2})+/g, (codes) => {
    const bytes = codes
      .split("=")
      .slice(1)
      .map((code) => Number.parseInt(code, 16));
    return decodeBytes(Uint8Array.from(bytes), encoding);
  });
}

/** Returns the last and the first name of `Last;First;Middle;Prefix;Suffix`. */
function splitName(value: string): [lastName: string, firstName: string] {
  const [last = "", first = ""] = value.replace(/\\;/g, "\0").split(";");
  const restore = (part: string) => cleanValue(part.replaceAll("\0", ";"));
  return [restore(last), restore(first)];
}

/** Removes escapes; a line break becomes a space. */
function cleanValue(value: string): string {
  return value
    .replace(/\\([\s\S])/g, (_, char: string) => (char === "n" || char === "N" ? " " : char))
    .replace(/\s+/g, " ")
    .trim();
}
