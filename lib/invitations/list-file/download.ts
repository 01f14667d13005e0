import { type List, type ListRecord, MOST_RECORDS } from "@/lib/invitations/list-file/records";
import type { Line } from "@/lib/invitations/list-file/verdicts";
import { CSV_BEGINNING, csvLines } from "@/lib/lists/csv";

/** What **Download template** gives: its example is in a domain that no letter reaches. */
export const TEMPLATE =
  CSV_BEGINNING +
  csvLines([
    ["Name", "Email"],
    ["Ann Lee", "ann.lee@company.example"],
  ]);

/** More files than this at once no browser saves, and a day takes 2,000 invitations. */
export const MOST_FILES = 20;

/** In how many files of at most 100 records a list fits. */
export function filesOf({ records }: List): number {
  return Math.ceil(records.length / MOST_RECORDS);
}

/** The list as CSV in blocks of at most 100 records, each with the header (REQ-B4). Read again they are the same records. */
export function splitList(list: List): string[] {
  const head = list.header ? [list.header.cells] : [];
  return Array.from({ length: filesOf(list) }, (_, at) => {
    const block = list.records.slice(at * MOST_RECORDS, (at + 1) * MOST_RECORDS);
    return CSV_BEGINNING + csvLines([...head, ...block.map(({ cells }) => cells)]);
  });
}

/** Lines with what is wrong with each behind them, as CSV that can be mended and uploaded (REQ-B5). */
export function problemRows(
  header: ListRecord | null,
  problems: readonly (Pick<Line, "cells" | "mend"> & { words: string })[],
): string {
  const width = Math.max(header?.cells.length ?? 0, ...problems.map((one) => mended(one).length));
  const row = (cells: readonly string[], last: string) => [
    ...cells,
    ...Array<string>(width - cells.length).fill(""),
    last,
  ];
  const head = header ? [row(header.cells, "Problem")] : [];
  return CSV_BEGINNING + csvLines([...head, ...problems.map((one) => row(mended(one), one.words))]);
}

/** The cells of a line with its mend in the place of what it mends: the address, or the first empty cell. */
function mended({ cells, mend }: Pick<Line, "cells" | "mend">): readonly string[] {
  if (mend === undefined) return cells;
  const wrong = cells.findIndex((cell) => cell.includes("@"));
  const empty = cells.findIndex((cell) => cell.trim() === "");
  const place = wrong === -1 ? (empty === -1 ? cells.length : empty) : wrong;
  const rest = cells.map((cell) => (cell.includes("@") ? "" : cell));
  return [...rest.slice(0, place), mend, ...rest.slice(place + 1)];
}
