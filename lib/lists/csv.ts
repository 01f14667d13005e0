import Papa from "papaparse";

/** The byte order mark that makes spreadsheets read the file as UTF-8. */
export const UTF8_BOM = "\uFEFF";

/**
 * Papa Parse's own pattern misses multi-line cells and full-width signs, which some spreadsheets accept too.
 */
const FORMULA_START = /^[=+\-@\t\r\n＝＋－＠]/;

/**
 * Returns the rows as CSV (RFC 4180). A cell that starts with = + - @ or a tab is prefixed with an
 * apostrophe, because a spreadsheet would run it as a formula.
 */
export function formatCsvRows(rows: readonly (readonly string[])[]): string {
  const text = Papa.unparse(rows as string[][], { escapeFormulae: FORMULA_START, newline: "\r\n" });
  return text && `${text}\r\n`;
}
