import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { closeDatabase, db } from "@/lib/db/client";
import { type CsvFile, csvPieces, PIECE } from "@/lib/db/csv-stream";

afterAll(closeDatabase);

type Row = { n: number; id: string };

/** A list of so many rows that counts how often it was asked. */
function listOf(count: number, more: Partial<CsvFile<Row, number>> = {}) {
  const asked: (number | null)[] = [];
  const file: CsvFile<Row, number> = {
    header: ["N"],
    read: async (tx, after) => {
      asked.push(after);
      const rows = await tx.$queryRaw<Row[]>`
        SELECT n, gen_random_uuid()::text AS id FROM generate_series(${(after ?? 0) + 1}::int, ${count}::int) n
        ORDER BY n LIMIT ${PIECE}`;
      return { rows, next: rows.length < PIECE ? null : (rows.at(-1)?.n ?? null) };
    },
    toCells: ({ n }) => [String(n)],
    ...more,
  };
  return { file, asked };
}

async function opened<Row, At>(file: CsvFile<Row, At>): Promise<AsyncGenerator<string, void>> {
  const pieces = await csvPieces(file);
  if (!pieces) throw new Error("it took too long");
  return pieces;
}

async function textOf(pieces: AsyncGenerator<string, void>): Promise<string> {
  let text = "";
  for await (const piece of pieces) text += piece;
  return text;
}

test("C9 a piece is read when the one before was taken, and nothing more once nobody takes it", async () => {
  const { file, asked } = listOf(10 * PIECE);
  const pieces = await opened(file);
  expect(asked).toEqual([null]);
  await pieces.next();
  expect(String((await pieces.next()).value).split("\r\n")).toHaveLength(PIECE + 1);
  expect(asked).toEqual([null]);
  await pieces.next();
  expect(asked).toEqual([null, PIECE]);
  await pieces.return();
  expect(await pieces.next()).toEqual({ value: undefined, done: true });
  expect(asked).toHaveLength(2);
});

test.each([0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])(
  "C9 %i rows are all there, in order",
  async (count) => {
    const lines = (await textOf(await opened(listOf(count).file))).trimEnd().split("\r\n");
    expect(lines.slice(1)).toEqual(Array.from({ length: count }, (_, at) => String(at + 1)));
  },
);

test("C9 whoever moves on in the order while it is read stands there once", async () => {
  const people = Array.from({ length: PIECE }, () => randomUUID());
  const { file } = listOf(3 * PIECE);
  const read: typeof file.read = async (tx, after) => {
    const piece = await file.read(tx, after);
    return { ...piece, rows: piece.rows.map((row, at) => ({ ...row, id: people[at] ?? "" })) };
  };
  const text = await textOf(await opened({ ...file, read, person: ({ id }) => id }));
  expect(text.trimEnd().split("\r\n")).toHaveLength(1 + PIECE);
});

test("C9 no transaction stays open between pieces, and a piece that takes too long breaks the file off", async () => {
  const { file } = listOf(3 * PIECE);
  const slow: typeof file.read = async (tx, after) => {
    if (after) await tx.$executeRaw`SET LOCAL statement_timeout = 50`;
    if (after) await tx.$executeRaw`SELECT pg_sleep(5)`;
    return file.read(tx, after);
  };
  const pieces = await opened({ ...file, read: slow });
  await pieces.next();
  await pieces.next();
  const [idle] = await db().$queryRaw<{ open: number }[]>`
    SELECT count(*)::int AS open FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = '' AND state LIKE 'idle in transaction%'`;
  expect(idle?.open).toBe(0);
  await expect(pieces.next()).rejects.toThrow("took too long");
});
