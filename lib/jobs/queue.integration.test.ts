import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { db, transaction } from "@/lib/db/client";
import { enqueueJobs, type JobHandlers, prepareQueue, processQueues } from "@/lib/jobs/queue";
import { createIsolatedDatabase } from "@/test/isolated-database";

beforeAll(createIsolatedDatabase);

/** Processes jobs with `handle` while `during` runs. */
async function withWorkers(handle: JobHandlers["emails"], during: () => Promise<void>): Promise<void> {
  const workers = await processQueues({
    emails: handle,
    requests: async () => {},
    reminders: async () => {},
  });
  await during().finally(() => workers.stop());
}

async function waitFor(condition: () => boolean, milliseconds: number): Promise<void> {
  const end = Date.now() + milliseconds;
  while (!condition() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 10));
}

const enqueue = (batch: string) => transaction((tx) => enqueueJobs(tx, "emails", [{ batch }]));

test("a job exists if its transaction commits, and not if it is rolled back", async () => {
  const [committed, rolledBack] = [randomUUID(), randomUUID()];
  await enqueue(committed);
  const failing = transaction(async (tx) => {
    await enqueueJobs(tx, "emails", [{ batch: rolledBack }]);
    throw new Error("rolled back");
  });
  await expect(failing).rejects.toThrow("rolled back");
  const rows = await db().$queryRaw<{ batch: string }[]>`
    SELECT data->>'batch' AS batch FROM pgboss.job WHERE data->>'batch' IN (${committed}, ${rolledBack})`;
  expect(rows).toEqual([{ batch: committed }]);
});

test("processes that start at the same time can create the queues concurrently", async () => {
  await Promise.all([prepareQueue(), prepareQueue(), prepareQueue()]);
});

test("the commit wakes a worker", async () => {
  const done = new Set<string>();
  await withWorkers(
    async ({ batch }) => void done.add(batch),
    async () => {
      const batch = randomUUID();
      await enqueue(batch);
      const committed = Date.now();
      await waitFor(() => done.has(batch), 5_000);
      expect(done.has(batch)).toBe(true);
      expect(Date.now() - committed).toBeLessThan(1_000);
    },
  );
});

test("many jobs are processed without pauses, each once", async () => {
  const batches = Array.from({ length: 60 }, (): string => randomUUID());
  const done: string[] = [];
  await transaction((tx) =>
    enqueueJobs(
      tx,
      "emails",
      batches.map((batch) => ({ batch })),
    ),
  );
  const start = Date.now();
  await withWorkers(
    async ({ batch }) => void done.push(batch),
    async () => {
      await waitFor(() => batches.every((batch) => done.includes(batch)), 15_000);
    },
  );
  expect(Date.now() - start).toBeLessThan(8_000);
  expect(done.filter((batch) => batches.includes(batch))).toHaveLength(60);
});

test("a job that throws is retried", async () => {
  const batch = randomUUID();
  let times = 0;
  await withWorkers(
    async (job) => {
      if (job.batch !== batch) return;
      times++;
      if (times === 1) throw new Error("failed");
    },
    async () => {
      await enqueue(batch);
      await waitFor(() => times === 2, 15_000);
    },
  );
  expect(times).toBe(2);
});

test("stopping waits for the running job", async () => {
  const batch = randomUUID();
  let [started, finished] = [false, false];
  const workers = await processQueues({
    emails: async (job) => {
      if (job.batch !== batch) return;
      started = true;
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      finished = true;
    },
    requests: async () => {},
    reminders: async () => {},
  });
  await enqueue(batch);
  await waitFor(() => started, 5_000);
  await workers.stop();
  expect(finished).toBe(true);
});

test("a scheduled queue gets one job at each of its times, for all processes together", async () => {
  await Promise.all([prepareQueue(), prepareQueue()]);
  const rows = await db().$queryRaw`SELECT name, cron, timezone FROM pgboss.schedule ORDER BY name`;
  expect(rows).toEqual([
    { name: "cleanup", cron: "17 * * * *", timezone: "UTC" },
    { name: "reminders", cron: "* * * * *", timezone: "UTC" },
  ]);
  const jobs = () => db().$queryRaw`SELECT FROM pgboss.job WHERE name = 'reminders' AND state = 'created'`;
  await transaction((tx) => enqueueJobs(tx, "reminders", [{}]));
  await transaction((tx) => enqueueJobs(tx, "reminders", [{}]));
  expect(await jobs()).toHaveLength(1);
  let times = 0;
  const workers = await processQueues({
    emails: async () => {},
    requests: async () => {},
    reminders: async () => void times++,
  });
  await waitFor(() => times > 0, 5_000);
  await workers.stop();
  expect(times).toBe(1);
});

describe("queues of version 0.1.0", () => {
  /** Creates the queues as version 0.1.0 did, with a job in each. */
  async function createFormerQueues(batch: string, request: string): Promise<void> {
    await db()
      .$executeRaw`SELECT pgboss.create_queue('letters', '{"policy":"standard","notify":true}'::jsonb)`;
    await db().$executeRaw`SELECT pgboss.create_queue('links', '{"policy":"standard","notify":true}'::jsonb)`;
    await db()
      .$executeRaw`SELECT pgboss.create_queue('tidying', '{"policy":"exclusive","notify":true}'::jsonb)`;
    await db().$executeRaw`
      INSERT INTO pgboss.schedule (name, cron, timezone) VALUES ('tidying', '17 * * * *', 'UTC')`;
    await db().$executeRaw`
      INSERT INTO pgboss.job (name, data) VALUES
        ('letters', jsonb_build_object('batch', ${batch}::text, 'tries', 2)),
        ('links', jsonb_build_object('wish', ${request}::text)),
        ('tidying', '{}')`;
  }

  test("their jobs are processed once by the handlers of the current queues, with the current data", async () => {
    const [batch, request, later] = [randomUUID(), randomUUID(), randomUUID()];
    await createFormerQueues(batch, request);
    const processed: object[] = [];
    const record = async (data: object) => void processed.push(data);
    let cleanups = 0;
    const workers = await processQueues({
      emails: record,
      "magic-links": record,
      cleanup: async () => void cleanups++,
    });
    try {
      await waitFor(() => processed.length === 2 && cleanups > 0, 15_000);
      // Jobs that a process of version 0.1.0 enqueues later are processed as well.
      await db().$executeRaw`
        INSERT INTO pgboss.job (name, data) VALUES ('letters', jsonb_build_object('batch', ${later}::text))`;
      await waitFor(() => processed.length === 3, 15_000);
    } finally {
      await workers.stop();
    }
    expect(processed).toHaveLength(3);
    expect(processed).toEqual(expect.arrayContaining([{ batch, tries: 2 }, { request }, { batch: later }]));
    expect(cleanups).toBeGreaterThan(0);
    const unfinished = await db().$queryRaw`
      SELECT FROM pgboss.job WHERE name IN ('letters', 'links', 'tidying') AND state <> 'completed'`;
    expect(unfinished).toEqual([]);
  });

  test("the schedule of a former queue is removed", async () => {
    const schedules = await db().$queryRaw`SELECT name FROM pgboss.schedule ORDER BY name`;
    expect(schedules).toEqual([{ name: "cleanup" }, { name: "reminders" }]);
  });
});

test("workers survive the loss of all their database connections", async () => {
  const done = new Set<string>();
  await withWorkers(
    async ({ batch }) => void done.add(batch),
    async () => {
      await db().$queryRaw`
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()`;
      const batch = randomUUID();
      await enqueue(batch);
      await waitFor(() => done.has(batch), 15_000);
      expect(done.has(batch)).toBe(true);
    },
  );
});
