import Papa from "papaparse";
import { type InvalidListReason, MAX_DELIMITERS } from "@/lib/invitations/list-file/decode";
import { guessDelimiter } from "@/lib/invitations/list-file/delimiter";
import type { ListRecord } from "@/lib/invitations/list-file/records";
import { done, type Result, refused } from "@/lib/result/result";

/** A blank cell. It can contain delimiters if the line is blank and the file has another delimiter. */
const BLANK_CELL = /^[\s\p{Cf},;|]*$/u;

/** The number of columns that a sheet of Excel can have. */
const MAX_COLUMNS = 16_384;

/**
 * Splits text with \n line ends into rows of cells (REQ-B4): by the delimiter that a `sep=` line declares or that is
 * guessed, with cells in double quotes or, as SQL tools write them, in single quotes. `line` is the line of the text
 * that a row starts on. Blank rows are left out. Refuses text with far too many cells.
 */
export function splitRows(text: string): Result<ListRecord[], InvalidListReason> {
  // Spreadsheets declare the delimiter in a first line, which is not a record but counts as a line.
  const sepLine = /^"?sep=([^\n])"?[\t,;| ]*\n/i.exec(text);
  const body = sepLine ? text.slice(sepLine[0].length) : text;
  const delimiter = sepLine?.[1] ?? guessDelimiter(body);
  if (sepLine && countOccurrences(body, delimiter) > MAX_DELIMITERS) return refused("too-many-lines");
  let line = sepLine ? 2 : 1;
  // A list can have a million cells, and most lists have nothing that must be looked for in each of them.
  const hasEscapes = body.includes("'");
  const hasLineEnds = /["']/.test(body);
  const rows: ListRecord[] = [];
  for (const row of parseRows(body, delimiter)) {
    if (row.length > MAX_COLUMNS) return refused("too-many-columns");
    const cells = hasEscapes ? row.map(unescapeFormula) : row;
    if (!isBlankRow(cells)) rows.push({ line, cells });
    line += 1;
    if (hasLineEnds) for (const cell of row) line += countOccurrences(cell, "\n");
  }
  return done(rows);
}

/** Returns true if no cell contains more than spaces, invisible characters and delimiters. */
export function isBlankRow(cells: readonly string[]): boolean {
  return cells.every((cell) => BLANK_CELL.test(cell));
}

function parseRows(text: string, delimiter: string): string[][] {
  if (isSingleQuoted(text, delimiter)) {
    const { data, errors } = Papa.parse<string[]>(text, { delimiter, newline: "\n", quoteChar: "'" });
    if (!errors.some(({ type }) => type === "Quotes")) return data;
  }
  const { data, errors } = Papa.parse<string[]>(text, { delimiter, newline: "\n" });
  if (!errors.some(({ type }) => type === "Quotes")) return data;
  // An unclosed quote would swallow the following lines, so each line becomes a row. In a line with an unclosed quote,
  // quotes are plain text.
  return text.split("\n").map((line) => parseLine(line, delimiter));
}

function parseLine(line: string, delimiter: string): string[] {
  // Also for an odd number of quotes, of which one is unclosed.
  if (countOccurrences(line, '"') % 2 === 1 || !line.includes('"')) return line.split(delimiter);
  const { data, errors } = Papa.parse<string[]>(line, { delimiter, newline: "\n" });
  return errors.some(({ type }) => type === "Quotes") ? line.split(delimiter) : (data[0] ?? [""]);
}

/** Returns true if nearly every cell of the first lines is in single quotes, a number or NULL. */
function isSingleQuoted(text: string, delimiter: string): boolean {
  const cells = text
    .slice(0, 65_536)
    .split("\n", 50)
    .filter((line) => line.trim() !== "")
    .flatMap((line) => line.split(delimiter, 50))
    .map((cell) => cell.trim());
  const quoted = cells.filter((cell) => cell.length > 1 && cell.startsWith("'") && cell.endsWith("'")).length;
  // A quoted cell that contains the delimiter is in two parts here.
  const part = cells.filter((cell) => cell.startsWith("'") || cell.endsWith("'")).length;
  const plain = cells.filter((cell) => /^(null|[\d.+-]*)$/i.test(cell)).length;
  return quoted * 4 >= cells.length && part + plain >= cells.length * 0.9;
}

/** Removes the quote that `formatCsvRows` puts before cells that a spreadsheet would run as formulas. */
function unescapeFormula(cell: string): string {
  return /^'[=+\-@\t\r\n＝＋－＠]/.test(cell) ? cell.slice(1) : cell;
}

function countOccurrences(text: string, char: string): number {
  let count = 0;
  for (let index = text.indexOf(char); index !== -1; index = text.indexOf(char, index + 1)) count += 1;
  return count;
}
