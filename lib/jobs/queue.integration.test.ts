import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDatabase, db, transaction } from "@/lib/db/client";
import { type Handlers, prepareQueue, send, stopSending, work } from "@/lib/jobs/queue";
import { ownDatabase } from "@/scripts/own-database";

let own: Awaited<ReturnType<typeof ownDatabase>>;

beforeAll(async () => {
  own = await ownDatabase();
  await prepareQueue();
});

afterAll(async () => {
  await stopSending();
  await closeDatabase();
  await own.drop();
});

/** Runs workers that remember what they did, for as long as `during` lasts. */
async function withWorkers(handle: Handlers["letters"], during: () => Promise<void>): Promise<void> {
  const workers = await work({ letters: handle, requests: async () => {}, reminders: async () => {} });
  await during().finally(() => workers.stop());
}

async function until(isSo: () => boolean, milliseconds: number): Promise<void> {
  const end = Date.now() + milliseconds;
  while (!isSo() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 10));
}

const enqueue = (batch: string, after?: number) =>
  transaction((tx) => send(tx, "letters", [{ batch }], after));

test("a job is there when its transaction commits, and not when it fails", async () => {
  const [kept, lost] = [randomUUID(), randomUUID()];
  await enqueue(kept);
  const failing = transaction(async (tx) => {
    await send(tx, "letters", [{ batch: lost }]);
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  const rows = await db().$queryRaw<{ batch: string }[]>`
    SELECT data->>'batch' AS batch FROM pgboss.job WHERE data->>'batch' IN (${kept}, ${lost})`;
  expect(rows).toEqual([{ batch: kept }]);
});

test("processes that start at the same moment make the queue together", async () => {
  await Promise.all([prepareQueue(), prepareQueue(), prepareQueue()]);
});

test("a worker is woken by the commit", async () => {
  const done = new Set<string>();
  await withWorkers(
    async ({ batch }) => void done.add(batch),
    async () => {
      const batch = randomUUID();
      await enqueue(batch);
      const committed = Date.now();
      await until(() => done.has(batch), 5_000);
      expect(done.has(batch)).toBe(true);
      expect(Date.now() - committed).toBeLessThan(1_000);
    },
  );
});

test("a heap of jobs is worked off without pauses, each once", async () => {
  const batches = Array.from({ length: 60 }, (): string => randomUUID());
  const done: string[] = [];
  await transaction((tx) =>
    send(
      tx,
      "letters",
      batches.map((batch) => ({ batch })),
    ),
  );
  const began = Date.now();
  await withWorkers(
    async ({ batch }) => void done.push(batch),
    async () => {
      await until(() => batches.every((batch) => done.includes(batch)), 15_000);
    },
  );
  expect(Date.now() - began).toBeLessThan(8_000);
  expect(done.filter((batch) => batches.includes(batch))).toHaveLength(60);
});

test("a job that throws is done again", async () => {
  const batch = randomUUID();
  let times = 0;
  await withWorkers(
    async (job) => {
      if (job.batch !== batch) return;
      times++;
      if (times === 1) throw new Error("not yet");
    },
    async () => {
      await enqueue(batch);
      await until(() => times === 2, 15_000);
    },
  );
  expect(times).toBe(2);
});

test("a stop lets the running job finish", async () => {
  const batch = randomUUID();
  let [started, finished] = [false, false];
  const workers = await work({
    letters: async (job) => {
      if (job.batch !== batch) return;
      started = true;
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      finished = true;
    },
    requests: async () => {},
    reminders: async () => {},
  });
  await enqueue(batch);
  await until(() => started, 5_000);
  await workers.stop();
  expect(finished).toBe(true);
});

test("a queue that fills by itself is asked for at its times, by all processes together", async () => {
  await Promise.all([prepareQueue(), prepareQueue()]);
  const rows = await db().$queryRaw`SELECT name, cron, timezone FROM pgboss.schedule ORDER BY name`;
  expect(rows).toEqual([
    { name: "reminders", cron: "* * * * *", timezone: "UTC" },
    { name: "tidying", cron: "17 * * * *", timezone: "UTC" },
  ]);
  const jobs = () => db().$queryRaw`SELECT FROM pgboss.job WHERE name = 'reminders' AND state = 'created'`;
  await transaction((tx) => send(tx, "reminders", [{}]));
  await transaction((tx) => send(tx, "reminders", [{}]));
  expect(await jobs()).toHaveLength(1);
  let times = 0;
  const workers = await work({
    letters: async () => {},
    requests: async () => {},
    reminders: async () => void times++,
  });
  await until(() => times > 0, 5_000);
  await workers.stop();
  expect(times).toBe(1);
});

test("workers outlive the loss of all their connections to the database", async () => {
  const done = new Set<string>();
  await withWorkers(
    async ({ batch }) => void done.add(batch),
    async () => {
      await db().$queryRaw`
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()`;
      const batch = randomUUID();
      await enqueue(batch);
      await until(() => done.has(batch), 15_000);
      expect(done.has(batch)).toBe(true);
    },
  );
});
