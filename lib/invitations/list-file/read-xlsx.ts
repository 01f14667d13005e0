import type { Cell, CellValue, Sheet } from "hucre/xlsx";
import {
  type InvalidListReason,
  MAX_DELIMITERS,
  MAX_FILE_BYTES,
  MAX_LINE_LENGTH,
} from "@/lib/invitations/list-file/decode";
import type { ListRecord } from "@/lib/invitations/list-file/records";
import { isBlankRow } from "@/lib/invitations/list-file/split-rows";
import { countByte, readZipDirectory } from "@/lib/invitations/list-file/zip-directory";
import { done, type Result, refused } from "@/lib/result/result";

/** The maximum size of an unpacked spreadsheet in bytes, and of entries of its zip file (S-DOS-5). */
const MAX_UNPACKED_BYTES = 20 * 1024 * 1024;
const MAX_ENTRIES = 2_000;

/**
 * The maximum number of tags in all parts of a spreadsheet: enough for 10,000 rows of 12 cells. The reader needs up to
 * 200 bytes of memory for each.
 */
const MAX_TAGS = 1_000_000;

/** The maximum number of rows: ten times the daily limit of 2,000 invitations. */
const MAX_ROWS = 20_000;

/**
 * The cells that are read: the first 256 columns, which every spreadsheet program has had, and a row more than the
 * limit. A stray cell at the far end of a sheet is not read, so it costs no memory.
 */
const RANGE = `A1:IV${MAX_ROWS + 1}`;

export type SheetRows = { rows: ListRecord[]; sheets: string[]; sheet: string };

/**
 * Reads the chosen or else the first visible sheet of an .xlsx file (REQ-B12); `line` is the number of the row. Cells
 * have the values that the file stores for them, also those of formulas, as text: dates as 2026-11-20. Returns the
 * names of the visible sheets too. Refuses files that would be too large unpacked before unpacking anything, and
 * files that are damaged.
 */
export async function readXlsxRows(
  file: Uint8Array,
  chosen: string | undefined,
): Promise<Result<SheetRows, InvalidListReason>> {
  const entries = readZipDirectory(file);
  if (!entries) return refused("damaged-spreadsheet");
  const size = entries.reduce((sum, entry) => sum + entry.size, 0);
  if (entries.length > MAX_ENTRIES || size > MAX_UNPACKED_BYTES) return refused("spreadsheet-too-large");
  const tags = await countByte(file, entries, "<".charCodeAt(0));
  if (tags === null) return refused("damaged-spreadsheet");
  if (tags > MAX_TAGS) return refused("spreadsheet-too-large");
  // Loaded only here: 36 kB that only .xlsx files need.
  const { readXlsx } = await import("hucre/xlsx");
  const sheets: string[] = [];
  let sheet: Sheet | undefined;
  try {
    const workbook = await readXlsx(file, {
      range: RANGE,
      sheets: ({ name, hidden, veryHidden }) => {
        if (hidden || veryHidden) return false;
        sheets.push(name);
        return chosen === undefined ? sheets.length === 1 : name === chosen;
      },
    });
    sheet = workbook.sheets[0];
  } catch {
    // The reader throws on whatever is wrong with a file.
    return refused("damaged-spreadsheet");
  }
  if (!sheet) return refused(chosen === undefined ? "damaged-spreadsheet" : "sheet-not-found");
  const rows = toRecords(sheet);
  return rows.ok ? done({ rows: rows.value, sheets, sheet: sheet.name }) : rows;
}

/** Limits what later steps have to process: a shared text can be in a million cells. */
function toRecords({ rows, cells }: Sheet): Result<ListRecord[], InvalidListReason> {
  const records: ListRecord[] = [];
  let [count, length, hasAt] = [0, 0, false];
  for (const [index, row] of rows.entries()) {
    const texts = row.map((value, column) => toText(value, cells?.get(`${index},${column}`)));
    while (texts.at(-1) === "") texts.pop();
    const rowLength = texts.reduce((sum, text) => sum + text.length, 0);
    if (rowLength > MAX_LINE_LENGTH) return refused("line-too-long");
    if (isBlankRow(texts)) continue;
    count += texts.length;
    length += rowLength;
    if (index >= MAX_ROWS || count > MAX_DELIMITERS) return refused("too-many-lines");
    if (length > MAX_FILE_BYTES) return refused("spreadsheet-too-large");
    hasAt ||= texts.some((text) => /[@＠]/.test(text));
    records.push({ line: index + 1, cells: texts });
  }
  // Programs that write spreadsheets can leave it to Excel to calculate the formulas.
  if (!hasAt && hasUncalculatedFormula(cells)) return refused("formulas-without-results");
  return records.length === 0 ? refused("empty") : done(records);
}

function hasUncalculatedFormula(cells: Sheet["cells"]): boolean {
  for (const { formula, value } of cells?.values() ?? [])
    if (formula !== undefined && (value === null || value === "")) return true;
  return false;
}

function toText(value: CellValue, cell: Cell | undefined): string {
  const text = value instanceof Date ? formatDate(value) : value === null ? "" : toPlainText(value);
  const linked = cell ? linkedAddress(cell) : null;
  // If both are addresses, the one that can be read counts: edited cells often keep an old link.
  if (!linked || /[@＠]/.test(text)) return text;
  return text.trim() === "" ? linked : `${text.trim()} <${linked}>`;
}

function toPlainText(value: string | number | boolean): string {
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  return String(value).replace(/\r\n?/g, "\n");
}

/** Returns the address of a `mailto:` link of a cell, or null. */
function linkedAddress({ hyperlink, formula }: Cell): string | null {
  const target = hyperlink?.target ?? /^_?HYPERLINK\("([^"]*)"/i.exec(formula ?? "")?.[1] ?? "";
  const encoded = /^mailto:([^?]{1,1000})/i.exec(target.slice(0, 2_000))?.[1];
  if (!encoded) return null;
  try {
    return decodeURIComponent(encoded).trim();
  } catch {
    return encoded.trim();
  }
}

/** Formats a date as 2026-11-20, with the time if it has one. */
function formatDate(date: Date): string {
  if (Number.isNaN(date.getTime())) return "";
  const [day = "", time = ""] = date.toISOString().split("T");
  return time.startsWith("00:00:00") ? day : `${day} ${time.slice(0, 5)}`;
}
