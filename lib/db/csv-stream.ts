import type { Tx } from "@/lib/db/client";
import { withinTime } from "@/lib/db/statement-timeout";
import { CSV_BEGINNING, csvLines } from "@/lib/lists/csv";
import { SeenIds } from "@/lib/lists/id-set";

/** Rows of one piece: all that is ever held in memory. */
export const PIECE = 1_000;

/** Milliseconds for a piece: nobody waits for a screen, but nothing runs for ever. */
const LIMIT = 10_000;

/** A list as a file: `At` is a place in its order, where a piece ends and the next one begins. */
export type CsvFile<Row, At> = {
  header: readonly string[];
  /** At most PIECE rows after a place, or from the beginning; `next` is null at the end. */
  read: (tx: Tx, after: At | null) => Promise<{ rows: Row[]; next: At | null }>;
  toCells: (row: Row) => string[];
  /**
   * Whom a row is about, by a random UUID, where rows can move: somebody who moved on in the order while it was read
   * stands in the file once, where they were first (REQ-C9). Absent where nothing moves.
   */
  person?: (row: Row) => string;
};

/**
 * Everything that matches as CSV, in pieces: however long the list, one piece is in memory at a time, each is read only
 * when the one before was taken, and no transaction stays open in between. Null: already the first took too long.
 */
export async function csvPieces<Row, At>(
  file: CsvFile<Row, At>,
): Promise<AsyncGenerator<string, void> | null> {
  const read = (after: At | null) => withinTime(LIMIT, (tx) => file.read(tx, after));
  const first = await read(null);
  return first && inPieces(file, first, read);
}

type Piece<Row, At> = Awaited<ReturnType<CsvFile<Row, At>["read"]>>;

async function* inPieces<Row, At>(
  { header, toCells, person }: CsvFile<Row, At>,
  first: Piece<Row, At>,
  read: (after: At) => Promise<Piece<Row, At> | null>,
): AsyncGenerator<string, void> {
  const seen = new SeenIds();
  yield CSV_BEGINNING + csvLines([header]);
  for (let piece = first; ; ) {
    const rows = person ? piece.rows.filter((row) => seen.add(person(row))) : piece.rows;
    if (rows.length > 0) yield csvLines(rows.map(toCells));
    if (piece.next === null) return;
    const on = await read(piece.next);
    // Breaking off is better than a file that looks complete.
    if (!on) throw new Error("an export took too long");
    piece = on;
  }
}
