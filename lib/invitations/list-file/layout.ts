import { recognizeTitle } from "@/lib/invitations/list-file/column-titles";
import {
  type ChosenColumns,
  type FileColumn,
  type RecognizedColumns,
  recognizeColumns,
} from "@/lib/invitations/list-file/columns";
import { type IgnoredLine, isAddressLike, type ListRecord } from "@/lib/invitations/list-file/records";

/**
 * A record that can be a person. A comment looks commented out, like an example or like a footer, and has an
 * address. `section` has the columns of a record below a second, different header.
 */
export type LayoutRecord = ListRecord & { isComment: boolean; section?: RecognizedColumns };

/** What the records and columns of a list are (REQ-B9, REQ-B10). */
export type ListLayout = RecognizedColumns & {
  headerLines: ListRecord[];
  /** The records that can be people, in the order of the file. */
  records: LayoutRecord[];
  ignored: IgnoredLine[];
  /** False if the encoding was guessed: then internationalized domains need a confirmation (REQ-B12). */
  encodingIsCertain: boolean;
};

/** The part of a table that its layout depends on. */
export type TableRows = { rows: readonly ListRecord[]; encodingIsCertain: boolean };

/**
 * Recognizes which lines of a list are people and what its columns are (REQ-B9, REQ-B10): by titles in common
 * languages and of common programs, otherwise by contents. Titles, headers, comments, totals and footers are
 * ignored; a comment with an address stays a record, which needs a confirmation (REQ-B11). `chosen` overrides
 * the recognized uses. `policyNames` are the organization's, to recognize a column without a title.
 */
export function recognizeLayout(
  table: TableRows,
  chosen: ChosenColumns = {},
  policyNames: readonly string[] = [],
): ListLayout {
  const rows = table.rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
  const header = findHeader(rows);
  const headerLines = header.lines.map((index) => rows[index]).filter((row) => row !== undefined);
  const footerStart = findFooter(rows, header.end);
  const records: LayoutRecord[] = [];
  const ignored: IgnoredLine[] = [];
  const headerKeys = new Set(headerLines.map(rowKey));
  const headerStarts = new Set(headerLines.map((row) => firstText(row).toLowerCase()));
  // The first text is compared first, because it is in few rows and the key takes long.
  const isRepeatedHeader = (row: ListRecord) =>
    headerStarts.has(firstText(row).toLowerCase()) && headerKeys.has(rowKey(row));
  const people: LayoutRecord[] = [];
  const sections: { header: ListRecord; people: LayoutRecord[] }[] = [];
  let current = people;
  let lookedAt = 0;
  const addPerson = ({ line, cells }: ListRecord) => {
    const record = { line, cells, isComment: false };
    records.push(record);
    current.push(record);
  };
  const startSection = (row: ListRecord, section: LayoutRecord[]) => {
    const title = records.at(-1);
    // The title of the section is above its header.
    if (
      title &&
      title === current.at(-1) &&
      countFilled(row) > 1 &&
      countFilled(title) === 1 &&
      !hasAddressLike(title)
    ) {
      ignored.push({ line: title.line, cells: title.cells, why: "title" });
      records.pop();
      current.pop();
    }
    ignored.push({ ...row, why: "header" });
    current = section;
  };
  let index = -1;
  for (const row of rows) {
    index += 1;
    if (index < header.end && header.lines.includes(index)) continue;
    const hasAddress = hasAddressLike(row);
    const why = isComment(row)
      ? "comment"
      : index < header.end
        ? "title"
        : index >= footerStart
          ? "footer"
          : null;
    const { line, cells } = row;
    if (why !== null && hasAddress) records.push({ line, cells, isComment: true });
    else if (why !== null) ignored.push({ line, cells, why });
    else if (hasAddress) addPerson(row);
    else if (!row.cells.some((cell) => /[\p{L}\p{N}@＠]/u.test(cell)) || isTotal(row))
      ignored.push({ ...row, why: "total" });
    else if (isRepeatedHeader(row)) startSection(row, people);
    else if (lookedAt < MAX_HEADER_ROWS && mayBeHeader(row)) {
      lookedAt += 1;
      if (!isOtherHeader(row)) addPerson(row);
      else if (headerLines.length === 0) startSection(row, people);
      else {
        const section = { header: row, people: [] };
        sections.push(section);
        startSection(row, section.people);
      }
    } else addPerson(row);
  }
  // Nothing is known about the columns of further lists, so that each line needs a confirmation.
  for (const { people: members } of sections.slice(MAX_SECTIONS))
    for (const record of members) record.isComment = true;
  for (const { header: row, people: members } of sections.slice(0, MAX_SECTIONS)) {
    const section = recognizeColumns([row], members, {}, policyNames);
    for (const record of members) record.section = section;
  }
  const columns = recognizeColumns(headerLines, people, chosen, policyNames);
  const shown = withoutLateComments(records, ignored);
  return { ...columns, headerLines, records: shown, ignored, encodingIsCertain: table.encodingIsCertain };
}

/** Moves all comments but the first to the ignored lines. */
function withoutLateComments(records: LayoutRecord[], ignored: IgnoredLine[]): LayoutRecord[] {
  let comments = 0;
  for (const { isComment: isOne } of records) if (isOne) comments += 1;
  if (comments <= MAX_COMMENTS) return records;
  comments = 0;
  return records.filter(({ line, cells, isComment: isOne }) => {
    if (isOne) comments += 1;
    if (!isOne || comments <= MAX_COMMENTS) return true;
    ignored.push({ line, cells, why: "comment" });
    return false;
  });
}

/** Returns the columns with values that are not used, to be listed (REQ-B10). */
export function unusedColumns({ columns }: ListLayout): FileColumn[] {
  return columns.filter(({ use, hasValues }) => use === "unused" && hasValues);
}

function hasAddressLike({ cells }: ListRecord): boolean {
  return cells.some(isAddressLike);
}

/** The header is looked for in this many rows above the first address. */
const MAX_HEADER_ROWS = 200;

/** Titles are recognized in this many cells of a row, fewer in rows that are unlikely to be a header. */
const MAX_HEADER_CELLS = 1_000;
const MAX_LATE_HEADER_CELLS = 100;

/** Further comments are ignored, also if they have an address: no one confirms more. */
const MAX_COMMENTS = 1_000;

/** Further lists in the same file are not separated. */
const MAX_SECTIONS = 20;

/** A cheap test before titles are recognized in a row below the header. */
const MAYBE_EMAIL = /mail|post|correo|courriel|ηλεκτ|почт|пошт|メ|邮|郵|메일|بريد/i;

/** A word, not a mistyped address: "Contacto", but not "ann.x.io", "-" or "none (2)". */
const WORD = /^\p{L}[\p{L}\p{M}\s?:*/-]*$/u;

/** The indexes of the header lines, and the index of the first row that can be a person. */
type Header = { lines: number[]; end: number };

function findHeader(rows: readonly ListRecord[]): Header {
  const isAside = (row: ListRecord) => isComment(row) || isSentence(row);
  let first = rows.findIndex((row) => !isComment(row) && hasAddressLike(row));
  const sentence = rows[first];
  // A sentence with an address above the header: "Exported by ann@x.io".
  if (sentence && isSentence(sentence)) {
    const next = rows.slice(first + 1, first + 4).findIndex((row) => countTitles(row).uses.size > 1);
    if (next !== -1) first = rows.findIndex((row, index) => index > first + next && hasAddressLike(row));
  }
  const end = Math.min(first === -1 ? 20 : first, MAX_HEADER_ROWS, rows.length);
  const above = rows.slice(0, end).map((row, index) => ({ row, index }));
  const candidates = above
    .filter(({ row }) => !isAside(row))
    .map((entry, order) => ({
      ...entry,
      titles: countTitles(entry.row, order < 20 ? MAX_HEADER_CELLS : MAX_LATE_HEADER_CELLS),
    }));
  const best = candidates
    .filter(({ titles }) => titles.uses.size > 0)
    .reduce<(typeof candidates)[number] | null>(
      (found, entry) => (found === null || entry.titles.score > found.titles.score ? entry : found),
      null,
    );
  if (!best) return findUntitledHeader(rows, candidates[0]?.index ?? -1, first);
  const lines = candidates
    .filter(
      ({ row, index, titles }) =>
        index === best.index ||
        (Math.abs(index - best.index) <= 3 &&
          [...titles.addressColumns].some((column) => best.titles.addressColumns.has(column))) ||
        (index > best.index && isContinuation(row)),
    )
    .map(({ index }) => index);
  return { lines, end: Math.max(...lines) + 1 };
}

/** Accepts the first row as the header if it has a word above the column with the most addresses. */
function findUntitledHeader(rows: readonly ListRecord[], top: number, first: number): Header {
  const none = { lines: [], end: 0 };
  if (top === -1 || first === -1 || top >= first) return none;
  const counts = new Map<number, number>();
  for (const { cells } of rows.slice(first, first + 200))
    for (const [index, cell] of cells.entries())
      if (isAddressLike(cell)) counts.set(index, (counts.get(index) ?? 0) + 1);
  const [column = -1] = [...counts].sort(([, one], [, other]) => other - one)[0] ?? [];
  return WORD.test(rows[top]?.cells[column]?.trim() ?? "") ? { lines: [top], end: top + 1 } : none;
}

function countTitles(
  { cells }: ListRecord,
  maximum = MAX_HEADER_CELLS,
): {
  uses: Set<string>;
  addressColumns: Set<number>;
  score: number;
} {
  const uses = new Set<string>();
  const addressColumns = new Set<number>();
  let score = 0;
  for (const [index, cell] of cells.slice(0, maximum).entries()) {
    const { use, canHaveAddress } = recognizeTitle(cell);
    if (use === null) continue;
    score += use === "other" ? 0.1 : 1;
    if (use !== "other") uses.add(use);
    // "Owner email" alone is a header too.
    else if (!canHaveAddress && MAYBE_EMAIL.test(cell)) uses.add("other-email");
    if (use === "address") addressColumns.add(index);
  }
  return { uses, addressColumns, score: addressColumns.size > 0 ? score + 0.5 : score };
}

function mayBeHeader({ cells }: ListRecord): boolean {
  return cells.slice(0, MAX_LATE_HEADER_CELLS).some((cell) => MAYBE_EMAIL.test(cell));
}

/** Returns true for a header that is not the one of the list, as in several lists one after the other. */
function isOtherHeader(row: ListRecord): boolean {
  const { uses, addressColumns } = countTitles(row, MAX_LATE_HEADER_CELLS);
  return (
    addressColumns.size > 0 && (uses.size > 1 || row.cells.filter((cell) => cell.trim() !== "").length === 1)
  );
}

/** Lines below the titles that surveys and databases write: identifiers, types, kinds of answers. */
const CONTINUATION =
  /^(?:\{"ImportId".*\}|(?:open-ended )?response|string|text|varchar.*|n?char.*|int(?:eger)?|number|date(?:time)?|timestamp.*|bool(?:ean)?|required|optional|mandatory|pflichtfeld|obligatoire)$/i;

function isContinuation({ cells }: ListRecord): boolean {
  return cells.every((cell) => cell.trim() === "" || CONTINUATION.test(cell.trim().slice(0, 200)));
}

/** Marks of spreadsheets that start like a comment: a number of the row, a dash, an error value. */
const NO_COMMENT = /^(?:#\d*|-+|#(?:N\/A|NV|NAME\?|REF!|VALUE!|BEZUG!|WERT!|DIV\/0!|NULL!|NUM!))$/i;
const COMMENT = /^(?:#|\/\/|--|;|<!--)/;
const EXAMPLE =
  /^(?:example|sample|e\.g\.|beispiel|z\. ?b\.|exemple|ejemplo|exemplo|esempio|voorbeeld|przykład|příklad|пример|例|예)\s*[:：]/i;

function isComment({ cells }: ListRecord): boolean {
  const cell = (cells[0] ?? "").trim();
  return (COMMENT.test(cell) && !(NO_COMMENT.test(cell) && cells.length > 1)) || EXAMPLE.test(cell);
}

/** Returns true for one cell that has an address between at least three other words. */
function isSentence({ cells }: ListRecord): boolean {
  const isFilled = (text: string) => text.trim() !== "";
  const first = cells.findIndex(isFilled);
  const cell = cells[first] ?? "";
  return (
    !cells.some((text, index) => index > first && isFilled(text)) &&
    cell.length < 1_000 &&
    !/[<;,]/.test(cell) &&
    isAddressLike(cell) &&
    cell.trim().split(/\s+/).length > 3
  );
}

const TOTAL =
  /^(?:(?:grand|sub)[ -]?)?(?:totals?|sum|count|number|summe|gesamt(?:summe)?|zwischensumme|insgesamt|anzahl|somme|nombre|suma|totale|totaal|aantal|razem|celkem|summa|yhteensä|toplam|итого|всего|разом|合計|总计|總計|合计|합계|المجموع)(?:\s+(?:of\s+)?(?:records|rows|contacts|people|members|users|entries|einträge|lignes|filas))?[\s:=#.,()\d]*$/iu;
const ROW_COUNT =
  /^\(?\d[\d.,]*\s+(?:rows?|records?|contacts?|people|members?|users?|entries|results?|einträge|zeilen|lignes|filas|registros|righe|строк[аи]?)(?:\s+\p{L}+)?\.?\)?$/iu;

function isTotal(row: ListRecord): boolean {
  const text = firstText(row);
  return text.length <= 60 && (TOTAL.test(text) || ROW_COUNT.test(text));
}

const FOOTER =
  /^(?:copyright|©|\(c\)|confidential|vertraulich|confidentiel|confidencial|riservato|generated |export(?:ed|iert)? |erstellt |exporté |généré |generado |exportado |gerado |report |printed |filters?:|as of |last updated|stand:|page \d|seite \d|end of |ende |fin |source:|quelle:)/i;

/**
 * Returns the index of the first footer row, or the number of rows: rows of one cell at the end of a wider
 * list, below a blank line or beginning like a footer.
 */
function findFooter(rows: readonly ListRecord[], start: number): number {
  const width = Math.max(0, ...rows.slice(Math.max(0, start - 1), start + 50).map(countFilled));
  let from = rows.length;
  while (from > start) {
    const row = rows[from - 1];
    if (!row || (width > 1 ? countFilled(row) > 1 : hasAddressLike(row))) break;
    from -= 1;
  }
  // A list without any person has no footer.
  if (from === start) return rows.length;
  const block = rows.slice(from);
  const hasKnown = block.some(isKnownFooter);
  if (!hasKnown && block.some((row) => hasAddressLike(row))) return rows.length;
  // Without a known text, only lines without empty cells for the other columns: "Ann," is a person.
  const lastWide = hasKnown ? -1 : block.findLastIndex(({ cells }) => cells.length >= width);
  const first = block.findIndex(
    (row, index) => isKnownFooter(row) || (index > lastWide && isBelowBlank(rows[from + index - 1], row)),
  );
  return first === -1 ? rows.length : from + first;
}

function isKnownFooter(row: ListRecord): boolean {
  return FOOTER.test(firstText(row));
}

function countFilled({ cells }: ListRecord): number {
  let count = 0;
  for (const cell of cells) if (cell.trim() !== "") count += 1;
  return count;
}

function firstText({ cells }: ListRecord): string {
  return (cells.find((cell) => cell.trim() !== "") ?? "").trim().slice(0, 100);
}

function isBelowBlank(previous: ListRecord | undefined, row: ListRecord): boolean {
  if (!previous) return false;
  const lineEnds = previous.cells.reduce((count, cell) => count + (cell.match(/\n/g)?.length ?? 0), 0);
  return row.line > previous.line + 1 + lineEnds;
}

/** Returns the same text for rows with the same cells, whatever their case and empty cells at the end. */
function rowKey({ cells }: ListRecord): string {
  const texts = cells.map((cell) => cell.slice(0, 200).trim().toLowerCase());
  return texts.slice(0, texts.findLastIndex((text) => text !== "") + 1).join("\n");
}
