import Papa from "papaparse";
import { type BadList, cleanText, decodeList } from "@/lib/invitations/list-file/decode";
import { guessDelimiter } from "@/lib/invitations/list-file/delimiter";
import { findHeader, isSameLine } from "@/lib/invitations/list-file/header";
import { done, type Result, refused } from "@/lib/result/result";

/** One record of a list; `line` is where it begins in the file, counted from 1. */
export type ListRecord = { line: number; cells: string[] };

/** What a file holds. Records are those of people: header, what is above it, and empty lines do not count (REQ-B4). */
export type List = { header: ListRecord | null; records: ListRecord[] };

/** So many people are invited at once (REQ-B4). */
export const MOST_RECORDS = 100;

/** A cell of delimiters comes from a line without anything, where another delimiter was taken for the file's. */
const NOTHING = /^[\s\p{Cf},;]*$/u;

/** Reads a file, or text that was pasted, into its records (REQ-B4). The preview and the server call this same function. */
export function readList(source: Uint8Array | string): Result<List, BadList> {
  const text = typeof source === "string" ? cleanText(source) : decodeList(source);
  if (!text.ok) return text;
  const all = toRecords(text.value);
  const place = findHeader(all);
  const header = all[place] ?? null;
  const records = all.slice(place + 1).filter((record) => !header || !isSameLine(record, header));
  return records.length === 0 ? refused("empty") : done({ header, records });
}

function toRecords(text: string): ListRecord[] {
  // Spreadsheets say in a first line what separates; it is no record but counts as a line.
  const said = /^"?sep=([^\n])"?[\t,; ]*\n/i.exec(text);
  const body = said ? text.slice(said[0].length) : text;
  let line = said ? 2 : 1;
  const records: ListRecord[] = [];
  for (const row of parse(body, said?.[1])) {
    const cells = row.map(withoutMark);
    if (cells.some((cell) => !NOTHING.test(cell))) records.push({ line, cells });
    line += 1;
    for (const cell of row) line += occurrences(cell, "\n");
  }
  return records;
}

function parse(text: string, delimiter = guessDelimiter(text)): string[][] {
  const common = { delimiter, newline: "\n" as const };
  const { data, errors } = Papa.parse<string[]>(text, common);
  if (!errors.some(({ type }) => type === "Quotes")) return data;
  // Quotes that do not close would swallow the people after them: then a line is a record, and a quote a letter.
  return Papa.parse<string[]>(text, { ...common, quoteChar: "\0" }).data;
}

/** Our own downloads mark what a spreadsheet would take for a formula (`csvLines`); the mark is no part of the cell. */
function withoutMark(cell: string): string {
  return /^'[=+\-@\t\r\n＝＋－＠]/.test(cell) ? cell.slice(1) : cell;
}

function occurrences(text: string, letter: string): number {
  let count = 0;
  for (let at = text.indexOf(letter); at !== -1; at = text.indexOf(letter, at + 1)) count += 1;
  return count;
}
