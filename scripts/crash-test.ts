import { setTimeout as pause } from "node:timers/promises";
import { db } from "@/lib/db/client";
import { createTestOrganization } from "@/test/factories";
import { type StandIn, startWorker, type WorkerProcess } from "../e2e/servers";
import type { ProviderFault } from "../e2e/stand-in/faults";
import type { ProviderCall } from "../e2e/stand-in/provider";

export type CrashTestResult = {
  enqueued: number;
  calls: number;
  /** Calls with a key that had been used before, after an interrupted call. */
  repeated: number;
  /** The largest number of calls within any 5 seconds. */
  maxCallsIn5Seconds: number;
};

const FAULTS: Partial<ProviderFault>[] = [
  { kind: "lose-response" },
  { kind: "reset" },
  { kind: "refuse", status: 500, name: "internal_server_error" },
  { kind: "refuse", status: 429, retryAfter: 1 },
  { kind: "garbage" },
];

/** Worker processes at the same time. They are started one by one, which leaves the machine time to send. */
const WORKER_COUNT = 3;

/**
 * Kills a random one of three worker processes with kill -9 `kills` times, while they send emails slowly and with faults,
 * and replaces it each time. Then checks the calls that the stand-in recorded. Throws unless every enqueued email was
 * received once and every idempotency key had one body. `print` gets a line per kill.
 */
export async function runCrashTest(
  standIn: StandIn,
  variables: Record<string, string>,
  kills: number,
  print: (line: string) => void = () => {},
): Promise<CrashTestResult> {
  await standIn.control("reset", {});
  await standIn.control("latency", { before: 150, after: 400 });
  const organizationIds: string[] = [];
  const workers: WorkerProcess[] = [];
  try {
    for (let i = 0; i < WORKER_COUNT; i++) workers.push(await startWorker(variables));
    for (let kill = 1; kill <= kills; kill++) {
      // A new organization each time, because one inviter can send at most 2,000 invitations a day.
      const org = await createTestOrganization();
      organizationIds.push(org.id);
      for (let batch = 0; batch < 2; batch++) await org.inviteBatch(...randomNames(1 + Math.random() * 12));
      if (kill % 3 === 0) await standIn.control("faults", randomItem(FAULTS));
      await pause(Math.random() * 1_000);
      const [victim] = workers.splice(Math.floor(Math.random() * workers.length), 1);
      await victim?.kill();
      print(`${String(kill).padStart(3)}  killed`);
      workers.push(await startWorker(variables));
    }
    await waitUntilClosed(organizationIds);
  } finally {
    for (const worker of workers) await worker.stop();
  }
  return checkCalls(await standIn.control<ProviderCall[]>("calls"), organizationIds);
}

function randomNames(count: number): string[] {
  return Array.from(
    { length: Math.floor(count) },
    (_, index) => `p${index}-${Math.random().toString(36).slice(2)}`,
  );
}

function randomItem<T>(list: readonly T[]): T {
  return list[Math.floor(Math.random() * list.length)] as T;
}

/** Waits until every batch is closed. The jobs of a killed process are taken over once its heartbeats are missing. */
async function waitUntilClosed(organizationIds: readonly string[]): Promise<void> {
  const deadline = Date.now() + 180_000;
  const where = { closedAt: null, emails: { some: { organizationId: { in: [...organizationIds] } } } };
  while ((await db().emailBatch.count({ where })) > 0) {
    if (Date.now() > deadline) throw new Error("emails are still queued after three minutes");
    await pause(500);
  }
}

async function checkCalls(
  calls: readonly ProviderCall[],
  organizationIds: readonly string[],
): Promise<CrashTestResult> {
  const enqueued = await db().emailMessage.findMany({
    where: { organizationId: { in: [...organizationIds] } },
    select: { id: true, state: true },
  });
  const received = calls.flatMap(({ messageIds }) => messageIds);
  const enqueuedIds = new Set(enqueued.map(({ id }) => id));
  const keys = new Set(calls.map(({ key }) => key));
  const bodies = new Set(calls.map(({ key, hash }) => `${key} ${hash}`));
  const errors = {
    lost: enqueued.filter(({ id }) => !received.includes(id)).length,
    duplicated: received.length - new Set(received).size,
    unknown: received.filter((id) => !enqueuedIds.has(id)).length,
    notReportedAsSent: enqueued.filter(({ state }) => state !== "sent").length,
    keysWithTwoBodies: bodies.size - keys.size,
  };
  if (Object.values(errors).some((count) => count > 0))
    throw new Error(`some emails were not sent exactly once: ${JSON.stringify(errors)}`);
  const times = calls.map(({ at }) => at);
  const maxCallsIn5Seconds = Math.max(
    ...times.map((start) => times.filter((at) => at >= start && at < start + 5_000).length),
  );
  return {
    enqueued: enqueued.length,
    calls: calls.length,
    repeated: calls.length - keys.size,
    maxCallsIn5Seconds,
  };
}
