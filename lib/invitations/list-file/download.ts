import type { ListLayout } from "@/lib/invitations/list-file/layout";
import { type ListRecord, MAX_RECORDS } from "@/lib/invitations/list-file/records";
import type { ListLine } from "@/lib/invitations/list-file/validate-lines";
import { formatCsvRows, UTF8_BOM } from "@/lib/lists/csv";

/** The maximum number of files to download at once; they fill the daily limit of 2,000 invitations. */
export const MAX_FILES = 20;

type DownloadableList = Pick<ListLayout, "headerLines" | "records">;

/** Returns the number of files that `splitList` returns. */
export function countFiles({ records }: Pick<DownloadableList, "records">): number {
  return Math.ceil(records.length / MAX_RECORDS);
}

/**
 * Splits the list into CSV files of at most 100 records, each with the header lines; they parse to the same
 * records (REQ-B4).
 */
export function splitList(list: DownloadableList): string[] {
  const head = headerCells(list.headerLines);
  return Array.from({ length: countFiles(list) }, (_, index) => {
    const block = list.records.slice(index * MAX_RECORDS, (index + 1) * MAX_RECORDS);
    return UTF8_BOM + formatCsvRows([...head, ...block.map(({ cells }) => cells)]);
  });
}

type ProblemLine = Pick<ListLine, "cells" | "correction" | "text"> & { message: string };

/**
 * Returns a CSV of lines with their problem in the last column, named `problemColumn`, which can be corrected
 * and uploaded (REQ-B5). Each of several people of a line has a row. `list` is the layout, or only the header.
 */
export function toProblemCsv(
  list: Pick<ListLayout, "headerLines" | "columns"> | ListRecord | null,
  problems: readonly ProblemLine[],
  problemColumn: string,
): string {
  const isLayout = list !== null && "columns" in list;
  // Without a header, the addresses can be in any column.
  const addressColumns =
    isLayout && list.headerLines.length > 0
      ? list.columns.filter(({ use }) => use === "address").map(({ index }) => index)
      : [];
  const heads = headerCells(isLayout ? list.headerLines : list);
  const rows = problems.map((line) => ({
    cells: correctedCells(line, addressColumns),
    message: line.message,
  }));
  const width = Math.max(0, ...heads.map((cells) => cells.length), ...rows.map(({ cells }) => cells.length));
  const row = (cells: readonly string[], last: string) => [
    ...cells,
    ...Array<string>(width - cells.length).fill(""),
    last,
  ];
  const head = heads.map((cells, index) => row(cells, index === 0 ? problemColumn : ""));
  return UTF8_BOM + formatCsvRows([...head, ...rows.map(({ cells, message }) => row(cells, message))]);
}

function headerCells(header: readonly ListRecord[] | ListRecord | null): (readonly string[])[] {
  if (header === null) return [];
  return "cells" in header ? [header.cells] : header.map(({ cells }) => cells);
}

/**
 * Returns the cells with the correction, or the text of the person, in place of the address, or else in the
 * first empty cell. The marks of a comment are removed, because the line is confirmed.
 */
function correctedCells(
  { cells, correction, text }: Omit<ProblemLine, "message">,
  addressColumns: readonly number[],
): readonly string[] {
  const replacement = correction ?? text;
  if (replacement === undefined) return cells;
  const isReplaced = (cell: string, index: number) =>
    cell.includes("@") && (addressColumns.length === 0 || addressColumns.includes(index));
  const found = [
    cells.findIndex(isReplaced),
    addressColumns[0] ?? -1,
    cells.findIndex((cell) => cell.trim() === ""),
  ];
  const column = found.find((index) => index !== -1) ?? cells.length;
  return Array.from({ length: Math.max(cells.length, column + 1) }, (_, index) => {
    const cell = cells[index] ?? "";
    if (index === column) return replacement;
    if (isReplaced(cell, index)) return "";
    return index === 0 ? cell.replace(/^\s*(?:#(?!\d)|\/\/|--|;)+\s*/, "") : cell;
  });
}
