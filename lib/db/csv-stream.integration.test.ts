import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { CHUNK_SIZE, type CsvExport, streamCsv } from "@/lib/db/csv-stream";

type Row = { n: number; id: string };

/** Returns an export of `count` rows, and the positions from which it was read so far. */
function createExport(count: number) {
  const reads: (number | null)[] = [];
  const source: CsvExport<Row, number> = {
    columns: [["N", ({ n }) => String(n)]],
    read: async (tx, after) => {
      reads.push(after);
      const rows = await tx.$queryRaw<Row[]>`
        SELECT n, gen_random_uuid()::text AS id FROM generate_series(${(after ?? 0) + 1}::int, ${count}::int) n
        ORDER BY n LIMIT ${CHUNK_SIZE}`;
      return { rows, next: rows.length < CHUNK_SIZE ? null : (rows.at(-1)?.n ?? null) };
    },
  };
  return { source, reads };
}

async function openStream<Row, Position>(
  source: CsvExport<Row, Position>,
): Promise<AsyncGenerator<string, void>> {
  const chunks = await streamCsv(source);
  if (!chunks) throw new Error("it took too long");
  return chunks;
}

async function readAll(chunks: AsyncGenerator<string, void>): Promise<string> {
  let text = "";
  for await (const chunk of chunks) text += chunk;
  return text;
}

test("C9 a chunk is read once the previous one is consumed, and none after the reader stops", async () => {
  const { source, reads } = createExport(10 * CHUNK_SIZE);
  const chunks = await openStream(source);
  expect(reads).toEqual([null]);
  await chunks.next();
  expect(String((await chunks.next()).value).split("\r\n")).toHaveLength(CHUNK_SIZE + 1);
  expect(reads).toEqual([null]);
  await chunks.next();
  expect(reads).toEqual([null, CHUNK_SIZE]);
  await chunks.return();
  expect(await chunks.next()).toEqual({ value: undefined, done: true });
  expect(reads).toHaveLength(2);
});

test.each([0, 1, CHUNK_SIZE - 1, CHUNK_SIZE, CHUNK_SIZE + 1, 3 * CHUNK_SIZE])(
  "C9 all of %i rows are exported, in order",
  async (count) => {
    const lines = (await readAll(await openStream(createExport(count).source))).trimEnd().split("\r\n");
    expect(lines.slice(1)).toEqual(Array.from({ length: count }, (_, index) => String(index + 1)));
  },
);

test("C9 a person whose row moves while the list is read is exported once", async () => {
  const people = Array.from({ length: CHUNK_SIZE }, () => randomUUID());
  const { source } = createExport(3 * CHUNK_SIZE);
  const read: typeof source.read = async (tx, after) => {
    const chunk = await source.read(tx, after);
    return { ...chunk, rows: chunk.rows.map((row, index) => ({ ...row, id: people[index] ?? "" })) };
  };
  const text = await readAll(await openStream({ ...source, read, personId: ({ id }) => id }));
  expect(text.trimEnd().split("\r\n")).toHaveLength(1 + CHUNK_SIZE);
});

test("C9 no transaction stays open between chunks, and a slow chunk aborts the export", async () => {
  const { source } = createExport(3 * CHUNK_SIZE);
  const read: typeof source.read = async (tx, after) => {
    if (after) await tx.$executeRaw`SET LOCAL statement_timeout = 50`;
    if (after) await tx.$executeRaw`SELECT pg_sleep(5)`;
    return source.read(tx, after);
  };
  const chunks = await openStream({ ...source, read });
  await chunks.next();
  await chunks.next();
  const countOpen = async () => {
    const [idle] = await db().$queryRaw<{ open: number }[]>`
      SELECT count(*)::int AS open FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = '' AND state LIKE 'idle in transaction%'`;
    return idle?.open;
  };
  // PostgreSQL shows the end of a transaction a moment after the client has it.
  await expect.poll(countOpen, { timeout: 2_000 }).toBe(0);
  await expect(chunks.next()).rejects.toThrow("took too long");
});
