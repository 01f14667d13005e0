import { fromPrisma, PgBoss } from "pg-boss";
import { env } from "@/lib/config/env";
import { pool, type Tx } from "@/lib/db/client";
import { log } from "@/lib/log/log";

/** Every queue and what its jobs carry: ids only, never an address or a secret. */
export type Jobs = {
  letters: { batch: string; tries?: number };
  requests: { request: string };
  /** A visitor wishes for a mailed link. */
  links: { wish: string };
  reminders: Record<string, never>;
  tidying: Record<string, never>;
};

export type QueueName = keyof Jobs;

/**
 * Does one job. Throwing means "again later", for ever; what shall not be done again must return. Whatever takes long looks
 * at `stopping`, and returns where it may.
 */
export type Handler<Name extends QueueName> = (data: Jobs[Name], stopping: AbortSignal) => Promise<void>;

export type Handlers = { [Name in QueueName]: Handler<Name> };

/**
 * `workers`: how many jobs of a queue one process does at the same time. `every`: when the queue gets a job by itself, one
 * for all processes together, in the words of cron; the next one comes when the last is done.
 */
const QUEUES: Record<QueueName, { workers: number; every?: string }> = {
  letters: { workers: 2 },
  requests: { workers: 1 },
  links: { workers: 1 },
  reminders: { workers: 1, every: "* * * * *" },
  tidying: { workers: 1, every: "17 * * * *" },
};

const QUEUE = {
  // The insert wakes the workers when it commits.
  notify: true,
  // What is owed is done some day: a failing job waits longer each time, and is never given up.
  retryLimit: 1_000_000,
  retryDelay: 2,
  retryBackoff: true,
  retryDelayMax: 60,
  // A process that was killed stops beating, and another one takes its job over.
  heartbeatSeconds: 10,
  retentionSeconds: 60 * 24 * 60 * 60,
  deleteAfterSeconds: 60 * 60,
};

// Kept over hot reloads in development, and shared by the two copies of this module in the serving process (the bundled one and ours).
const kept = globalThis as { foyerSender?: Promise<PgBoss> };

/**
 * Enqueues jobs in the caller's transaction, with one statement for any number of them: they exist if it commits.
 * `after` is in seconds.
 */
export async function send<Name extends QueueName>(
  tx: Tx,
  queue: Name,
  jobs: Jobs[Name][],
  after = 0,
): Promise<void> {
  const boss = await sender();
  const inserts = jobs.map((data) => ({ data, startAfter: after }));
  await boss.insert(queue, inserts, { db: fromPrisma(tx) });
}

/** An instance that only sends: it reads the list of queues once and owns no connection. */
function sender(): Promise<PgBoss> {
  kept.foyerSender ??= startSender().catch((error) => {
    delete kept.foyerSender;
    throw error;
  });
  return kept.foyerSender;
}

async function startSender(): Promise<PgBoss> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => pool().query(text, values) },
    clock: RESTLESS,
    supervise: false,
    schedule: false,
    migrate: false,
  });
  boss.on("error", report());
  return boss.start();
}

/** Forgets the sending instance, at the end of a process or of a test file. */
export async function stopSending(): Promise<void> {
  const boss = await kept.foyerSender;
  delete kept.foyerSender;
  await boss?.stop({ graceful: false, close: false });
}

/**
 * Makes the queue's own schema and the queues, or brings them up to date; several processes may do it at once.
 * Must be done once before anything is sent: the workers do it, and a process that only serves calls this.
 */
export async function prepareQueue(): Promise<void> {
  const boss = new PgBoss({ connectionString: env().databaseUrl, max: 1, supervise: false, schedule: false });
  boss.on("error", report());
  await boss.start();
  await makeQueues(boss).finally(() => boss.stop({ graceful: false }));
}

/** Does the jobs of these queues until it is stopped; `stop` lets those that run finish (up to 30 seconds). */
export async function work(handlers: Partial<Handlers>): Promise<{ stop(): Promise<void> }> {
  const boss = new PgBoss({
    connectionString: env().databaseUrl,
    application_name: "foyer queue",
    max: 4,
    useListenNotify: true,
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 10,
  });
  boss.on("error", report());
  await boss.start();
  await makeQueues(boss);
  const stopping = new AbortController();
  for (const name of names()) await workOn(boss, name, handlers, stopping.signal);
  return {
    stop: () => {
      stopping.abort();
      return boss.stop({ graceful: true, timeout: 30_000 });
    },
  };
}

async function workOn<Name extends QueueName>(
  boss: PgBoss,
  name: Name,
  handlers: Partial<Handlers>,
  stopping: AbortSignal,
) {
  const handle: Handler<Name> | undefined = handlers[name];
  if (!handle) return;
  for (let i = 0; i < QUEUES[name].workers; i++) {
    // Polling is what finds jobs that were put off, and everything while the database does not notify.
    const options = { batchSize: 1, pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 2 };
    const id: string = await boss.work<Jobs[Name]>(name, options, async ([job]) => {
      if (job) await handle(job.data, stopping);
      // There may be more: look at once instead of at the next poll.
      boss.notifyWorker(id);
    });
  }
}

async function makeQueues(boss: PgBoss): Promise<void> {
  for (const name of names()) {
    const { every } = QUEUES[name];
    await boss.createQueue(name, { ...QUEUE, policy: every ? "exclusive" : "standard" });
    await boss.updateQueue(name, QUEUE);
    if (every) await boss.schedule(name, every, {});
  }
}

function names(): QueueName[] {
  return Object.keys(QUEUES) as QueueName[];
}

/** The queue's errors go to the log and end nothing. While the database is away each poll brings one: twice a minute is enough. */
function report(): (error: Error) => void {
  let silentUntil = 0;
  return (error) => {
    if (Date.now() < silentUntil) return;
    silentUntil = Date.now() + 30_000;
    // Not the error itself: it drags its whole connection along.
    log.error({ reason: error.message }, "the queue");
  };
}

// The timers of an instance that only sends must not keep a finished process alive.
const RESTLESS = {
  now: () => Date.now(),
  setTimeout: (run: () => void, ms: number) => setTimeout(run, ms).unref(),
  clearTimeout: (timer: unknown) => clearTimeout(timer as NodeJS.Timeout),
  setInterval: (run: () => void, ms: number) => setInterval(run, ms).unref(),
  clearInterval: (timer: unknown) => clearInterval(timer as NodeJS.Timeout),
};
