import Papa from "papaparse";
import { decodeList, type InvalidListReason, normalizeText } from "@/lib/invitations/list-file/decode";
import { guessDelimiter } from "@/lib/invitations/list-file/delimiter";
import { findHeaderIndex, isSameRecord } from "@/lib/invitations/list-file/header";
import type { ListRecord, ParsedList } from "@/lib/invitations/list-file/records";
import { done, type Result, refused } from "@/lib/result/result";

/** A blank cell. It can contain delimiters if the line is blank and the file has another delimiter. */
const BLANK_CELL = /^[\s\p{Cf},;]*$/u;

/** Parses a file or pasted text into records (REQ-B4). The preview and the server use this same function. */
export function parseList(source: Uint8Array | string): Result<ParsedList, InvalidListReason> {
  const text = typeof source === "string" ? normalizeText(source) : decodeList(source);
  if (!text.ok) return text;
  const all = toRecords(text.value);
  const headerIndex = findHeaderIndex(all);
  const header = all[headerIndex] ?? null;
  const records = all.slice(headerIndex + 1).filter((record) => !header || !isSameRecord(record, header));
  return records.length === 0 ? refused("empty") : done({ header, records });
}

function toRecords(text: string): ListRecord[] {
  // Spreadsheets declare the delimiter in a first line, which is not a record but counts as a line.
  const sepLine = /^"?sep=([^\n])"?[\t,; ]*\n/i.exec(text);
  const body = sepLine ? text.slice(sepLine[0].length) : text;
  let line = sepLine ? 2 : 1;
  const records: ListRecord[] = [];
  for (const row of parseRows(body, sepLine?.[1])) {
    const cells = row.map(unescapeFormula);
    if (cells.some((cell) => !BLANK_CELL.test(cell))) records.push({ line, cells });
    line += 1;
    for (const cell of row) line += countOccurrences(cell, "\n");
  }
  return records;
}

function parseRows(text: string, delimiter = guessDelimiter(text)): string[][] {
  const options = { delimiter, newline: "\n" as const };
  const { data, errors } = Papa.parse<string[]>(text, options);
  if (!errors.some(({ type }) => type === "Quotes")) return data;
  // An unclosed quote would swallow the following lines, so each line becomes a record and quotes become
  // plain text.
  return Papa.parse<string[]>(text, { ...options, quoteChar: "\0" }).data;
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
