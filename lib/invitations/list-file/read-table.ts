import {
  checkPastedText,
  decodeFile,
  type InvalidListReason,
  MAX_FILE_BYTES,
  normalizeLines,
} from "@/lib/invitations/list-file/decode";
import type { Encoding } from "@/lib/invitations/list-file/encodings";
import { recognizeBytes, recognizeText } from "@/lib/invitations/list-file/file-kinds";
import { readVcards } from "@/lib/invitations/list-file/read-vcard";
import { readXlsxRows } from "@/lib/invitations/list-file/read-xlsx";
import type { ListRecord } from "@/lib/invitations/list-file/records";
import { splitRows } from "@/lib/invitations/list-file/split-rows";
import { done, type Result, refused } from "@/lib/result/result";

/** What the inviter chose for the whole file instead of what is recognized (REQ-B12). */
export type ReadChoices = { encoding?: Encoding | undefined; sheet?: string | undefined };

export type ListTable = {
  format: "text" | "xlsx" | "vcard";
  /** All rows that are not blank, headers and footers included. */
  rows: ListRecord[];
  /** Null for pasted text and spreadsheets. */
  encoding: Encoding | null;
  /** False if the encoding was guessed: then internationalized domains are not ready (S-INPUT-4). */
  encodingIsCertain: boolean;
  /** The names of the visible sheets of a spreadsheet. */
  sheets: string[];
  /** The sheet that the rows are from. */
  sheet: string | null;
};

/**
 * Reads a file or pasted text into rows of cells (REQ-B4, REQ-B12). The preview and the server use this same function.
 * Refuses what is not a list, by its name if it is known, and what exceeds the limits.
 */
export async function readTable(
  source: Uint8Array | string,
  choices: ReadChoices,
): Promise<Result<ListTable, InvalidListReason>> {
  if (typeof source !== "string" && source.length <= MAX_FILE_BYTES && recognizeBytes(source) === "xlsx") {
    const read = await readXlsxRows(source, choices.sheet);
    return read.ok ? done({ format: "xlsx", encoding: null, encodingIsCertain: true, ...read.value }) : read;
  }
  const decoded = typeof source === "string" ? checkPastedText(source) : decodeFile(source, choices.encoding);
  if (!decoded.ok) return decoded;
  const { text, encoding, encodingIsCertain } = decoded.value;
  const format = recognizeText(text) === "vcard" ? "vcard" : "text";
  const rows = format === "vcard" ? readVcards(text) : readTextRows(text);
  if (!rows.ok) return rows;
  if (rows.value.length === 0) return refused("empty");
  return done({ format, rows: rows.value, encoding, encodingIsCertain, sheets: [], sheet: null });
}

function readTextRows(text: string): Result<ListRecord[], InvalidListReason> {
  const lines = normalizeLines(text);
  return lines.ok ? splitRows(lines.value) : lines;
}
