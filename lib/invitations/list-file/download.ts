import { type ListRecord, MAX_RECORDS, type ParsedList } from "@/lib/invitations/list-file/records";
import type { ListLine } from "@/lib/invitations/list-file/validate-lines";
import { formatCsvRows, UTF8_BOM } from "@/lib/lists/csv";

/** The maximum number of files to download at once; they fill the daily limit of 2,000 invitations. */
export const MAX_FILES = 20;

/** Returns the number of files that `splitList` returns. */
export function countFiles({ records }: ParsedList): number {
  return Math.ceil(records.length / MAX_RECORDS);
}

/**
 * Splits the list into CSV files of at most 100 records, each with the header; they parse to the same records
 * (REQ-B4).
 */
export function splitList(list: ParsedList): string[] {
  const head = list.header ? [list.header.cells] : [];
  return Array.from({ length: countFiles(list) }, (_, index) => {
    const block = list.records.slice(index * MAX_RECORDS, (index + 1) * MAX_RECORDS);
    return UTF8_BOM + formatCsvRows([...head, ...block.map(({ cells }) => cells)]);
  });
}

/**
 * Returns a CSV of lines with their problem in the last column, named `problemColumn`, which can be corrected and
 * uploaded (REQ-B5).
 */
export function toProblemCsv(
  header: ListRecord | null,
  problems: readonly (Pick<ListLine, "cells" | "correction"> & { message: string })[],
  problemColumn: string,
): string {
  const width = Math.max(header?.cells.length ?? 0, ...problems.map((line) => correctedCells(line).length));
  const row = (cells: readonly string[], last: string) => [
    ...cells,
    ...Array<string>(width - cells.length).fill(""),
    last,
  ];
  const head = header ? [row(header.cells, problemColumn)] : [];
  return (
    UTF8_BOM + formatCsvRows([...head, ...problems.map((line) => row(correctedCells(line), line.message))])
  );
}

/** Returns the cells with the correction in place of the address, or else in the first empty cell. */
function correctedCells({ cells, correction }: Pick<ListLine, "cells" | "correction">): readonly string[] {
  if (correction === undefined) return cells;
  const addressColumn = cells.findIndex((cell) => cell.includes("@"));
  const emptyColumn = cells.findIndex((cell) => cell.trim() === "");
  const column = addressColumn === -1 ? (emptyColumn === -1 ? cells.length : emptyColumn) : addressColumn;
  const rest = cells.map((cell) => (cell.includes("@") ? "" : cell));
  return [...rest.slice(0, column), correction, ...rest.slice(column + 1)];
}
