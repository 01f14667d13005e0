import { fromPrisma, PgBoss } from "pg-boss";
import { env } from "@/lib/config/env";
import { connectionPool, type Tx } from "@/lib/db/client";
import { log } from "@/lib/log/log";

/** The data of each queue's jobs: ids only, never an address or a secret. */
export type JobData = {
  /** Sends a batch of emails; `tries` counts the earlier jobs of the batch. */
  emails: { batch: string; tries?: number };
  requests: { request: string };
  /** Processes a visitor's request for a magic link. */
  "magic-links": { request: string };
  reminders: Record<string, never>;
  cleanup: Record<string, never>;
};

export type QueueName = keyof JobData;

/**
 * Processes one job. Throw to retry (with no retry limit); return to complete the job. A long-running handler checks
 * `stopping` and returns early where it can.
 */
export type JobHandler<Name extends QueueName> = (
  data: JobData[Name],
  stopping: AbortSignal,
) => Promise<void>;

export type JobHandlers = { [Name in QueueName]: JobHandler<Name> };

/**
 * `workers`: concurrent jobs per process. `schedule`: a cron expression; at each of its times one job is created for all
 * processes together, unless the previous one is still waiting or running.
 */
const QUEUES: Record<QueueName, { workers: number; schedule?: string }> = {
  emails: { workers: 2 },
  requests: { workers: 1 },
  "magic-links": { workers: 1 },
  reminders: { workers: 1, schedule: "* * * * *" },
  cleanup: { workers: 1, schedule: "17 * * * *" },
};

/**
 * The name that version 0.1.0 used for a queue, and the current data of such a job. Jobs that it left behind are still
 * processed.
 */
const FORMER_QUEUES: { [Name in QueueName]?: FormerQueue<Name> } = {
  emails: { name: "letters", toData: (data) => data as JobData["emails"] },
  "magic-links": { name: "links", toData: (data) => ({ request: (data as { wish: string }).wish }) },
  cleanup: { name: "tidying", toData: () => ({}) },
};

type FormerQueue<Name extends QueueName> = { name: string; toData: (data: object) => JobData[Name] };

const QUEUE_OPTIONS = {
  // Workers are notified when the inserting transaction commits.
  notify: true,
  // Jobs are retried indefinitely with backoff.
  retryLimit: 1_000_000,
  retryDelay: 2,
  retryBackoff: true,
  retryDelayMax: 60,
  // When a killed process stops sending heartbeats, another one takes over its jobs.
  heartbeatSeconds: 10,
  retentionSeconds: 60 * 24 * 60 * 60,
  deleteAfterSeconds: 60 * 60,
};

// Survives hot reloads in development, and is shared by the two copies of this module in the server process: the one
// that Next.js bundles and the one that the process itself imports.
const shared = globalThis as { foyerJobs?: Promise<PgBoss> };

/**
 * Enqueues jobs in the caller's transaction with one statement for any number of them; they exist only if it commits.
 * `after` is the delay in seconds.
 */
export async function enqueueJobs<Name extends QueueName>(
  tx: Tx,
  queue: Name,
  jobs: JobData[Name][],
  after = 0,
): Promise<void> {
  const boss = await getEnqueuer();
  const inserts = jobs.map((data) => ({ data, startAfter: after }));
  await boss.insert(queue, inserts, { db: fromPrisma(tx) });
}

/** Returns the instance that only enqueues: it reads the list of queues once and owns no connection. */
function getEnqueuer(): Promise<PgBoss> {
  shared.foyerJobs ??= startEnqueuer().catch((error) => {
    delete shared.foyerJobs;
    throw error;
  });
  return shared.foyerJobs;
}

async function startEnqueuer(): Promise<PgBoss> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => connectionPool().query(text, values) },
    clock: UNREF_TIMERS,
    supervise: false,
    schedule: false,
    migrate: false,
  });
  boss.on("error", createErrorLogger());
  return boss.start();
}

/** Stops the enqueuing instance, at the end of a process or of a test file. */
export async function closeQueue(): Promise<void> {
  const boss = await shared.foyerJobs;
  delete shared.foyerJobs;
  await boss?.stop({ graceful: false, close: false });
}

/**
 * Creates or updates the schema of pg-boss and the queues; safe to call from several processes at once. Must run before
 * the first job is enqueued: workers do it themselves, a process that only serves pages calls this.
 */
export async function prepareQueue(): Promise<void> {
  const boss = new PgBoss({ connectionString: env().databaseUrl, max: 1, supervise: false, schedule: false });
  boss.on("error", createErrorLogger());
  await boss.start();
  await createQueues(boss).finally(() => boss.stop({ graceful: false }));
}

/** Processes the jobs of these queues until stopped; `stop` waits up to 30 seconds for running jobs. */
export async function processQueues(handlers: Partial<JobHandlers>): Promise<{ stop(): Promise<void> }> {
  const boss = new PgBoss({
    connectionString: env().databaseUrl,
    application_name: "foyer queue",
    max: 4,
    useListenNotify: true,
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 10,
  });
  boss.on("error", createErrorLogger());
  await boss.start();
  await createQueues(boss);
  const stopping = new AbortController();
  for (const name of queueNames()) await processQueue(boss, name, handlers, stopping.signal);
  return {
    stop: () => {
      stopping.abort();
      return boss.stop({ graceful: true, timeout: 30_000 });
    },
  };
}

async function processQueue<Name extends QueueName>(
  boss: PgBoss,
  name: Name,
  handlers: Partial<JobHandlers>,
  stopping: AbortSignal,
) {
  const handle: JobHandler<Name> | undefined = handlers[name];
  if (!handle) return;
  for (let i = 0; i < QUEUES[name].workers; i++)
    await startQueueWorker<JobData[Name]>(boss, name, (data) => handle(data, stopping));
  const former: FormerQueue<Name> | undefined = FORMER_QUEUES[name];
  if (former && (await boss.getQueue(former.name)))
    await startQueueWorker<object>(boss, former.name, (data) => handle(former.toData(data), stopping));
}

async function startQueueWorker<Data extends object>(
  boss: PgBoss,
  queue: string,
  handle: (data: Data) => Promise<void>,
): Promise<void> {
  // Polling finds delayed jobs, and every job while notifications are unavailable.
  const options = { batchSize: 1, pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 2 };
  const id: string = await boss.work<Data>(queue, options, async ([job]) => {
    if (job) await handle(job.data);
    // Fetch the next job immediately instead of at the next poll.
    boss.notifyWorker(id);
  });
}

async function createQueues(boss: PgBoss): Promise<void> {
  for (const name of queueNames()) {
    const { schedule } = QUEUES[name];
    await boss.createQueue(name, { ...QUEUE_OPTIONS, policy: schedule ? "exclusive" : "standard" });
    await boss.updateQueue(name, QUEUE_OPTIONS);
    if (schedule) await boss.schedule(name, schedule, {});
    const former = FORMER_QUEUES[name];
    if (former) await boss.unschedule(former.name);
  }
}

function queueNames(): QueueName[] {
  return Object.keys(QUEUES) as QueueName[];
}

/** Logs errors of pg-boss at most twice a minute: while the database is unreachable, every poll raises one. */
function createErrorLogger(): (error: Error) => void {
  let mutedUntil = 0;
  return (error) => {
    if (Date.now() < mutedUntil) return;
    mutedUntil = Date.now() + 30_000;
    // Only the message: the error object references its whole connection.
    log.error({ reason: error.message }, "job queue error");
  };
}

// The timers of the enqueuing instance must not keep a finished process alive.
const UNREF_TIMERS = {
  now: () => Date.now(),
  setTimeout: (run: () => void, ms: number) => setTimeout(run, ms).unref(),
  clearTimeout: (timer: unknown) => clearTimeout(timer as NodeJS.Timeout),
  setInterval: (run: () => void, ms: number) => setInterval(run, ms).unref(),
  clearInterval: (timer: unknown) => clearInterval(timer as NodeJS.Timeout),
};
