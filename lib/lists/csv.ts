import Papa from "papaparse";

/** What a spreadsheet needs at the very beginning to read the rest as UTF-8. */
export const CSV_BEGINNING = "\uFEFF";

/** Papaparse's own pattern misses a cell of several lines, and signs in wide letters, which some spreadsheets take too. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/**
 * Rows as lines of CSV (RFC 4180). A cell that begins with = + - @ or tab gets an apostrophe before it: a spreadsheet
 * would take it for a formula (security, Input).
 */
export function csvLines(rows: readonly (readonly string[])[]): string {
  const text = Papa.unparse(rows as string[][], { escapeFormulae: FORMULA, newline: "\r\n" });
  return text && `${text}\r\n`;
}
