import type { Tx } from "@/lib/db/client";
import { withStatementTimeout } from "@/lib/db/statement-timeout";
import { formatCsvRows, UTF8_BOM } from "@/lib/lists/csv";
import { IdSet } from "@/lib/lists/id-set";

/** The rows per chunk; only one chunk is in memory at a time. */
export const CHUNK_SIZE = 1_000;

/** Timeout per chunk (ms). */
const CHUNK_TIMEOUT_MS = 10_000;

/** A column of an export: its header, and the text of its cell in a row. */
export type CsvColumn<Row> = readonly [header: string, toCell: (row: Row) => string];

/** A list to export. `Position` is where a chunk ends and the next one starts. */
export type CsvExport<Row, Position> = {
  columns: readonly CsvColumn<Row>[];
  /** Reads at most CHUNK_SIZE rows after a position, or from the beginning; `next` is null at the end. */
  read: (tx: Tx, after: Position | null) => Promise<{ rows: Row[]; next: Position | null }>;
  /**
   * Returns the random UUID of the row's person, where rows can move while the list is read: each person is
   * exported once, with the row that was read first (REQ-C9). Omitted where rows never move.
   */
  personId?: (row: Row) => string;
};

/**
 * Streams a list as CSV in chunks. A chunk is read when the previous one was consumed, and no transaction
 * stays open in between. Returns null if even the first chunk takes too long; throws if a later one does.
 */
export async function streamCsv<Row, Position>(
  source: CsvExport<Row, Position>,
): Promise<AsyncGenerator<string, void> | null> {
  const read = (after: Position | null) =>
    withStatementTimeout(CHUNK_TIMEOUT_MS, (tx) => source.read(tx, after));
  const first = await read(null);
  return first && generateChunks(source, first, read);
}

type CsvChunk<Row, Position> = Awaited<ReturnType<CsvExport<Row, Position>["read"]>>;

async function* generateChunks<Row, Position>(
  { columns, personId }: CsvExport<Row, Position>,
  first: CsvChunk<Row, Position>,
  read: (after: Position) => Promise<CsvChunk<Row, Position> | null>,
): AsyncGenerator<string, void> {
  const toCells = (row: Row) => columns.map(([, toCell]) => toCell(row));
  const seen = new IdSet();
  yield UTF8_BOM + formatCsvRows([columns.map(([header]) => header)]);
  for (let chunk = first; ; ) {
    const rows = personId ? chunk.rows.filter((row) => seen.add(personId(row))) : chunk.rows;
    if (rows.length > 0) yield formatCsvRows(rows.map(toCells));
    if (chunk.next === null) return;
    const nextChunk = await read(chunk.next);
    // Abort instead of ending a file that looks complete.
    if (!nextChunk) throw new Error("an export took too long");
    chunk = nextChunk;
  }
}
