import { setTimeout as pause } from "node:timers/promises";
import { db } from "@/lib/db/client";
import { makeOrganization } from "@/lib/mail/fixture";
import { type StandIn, startWorker, type Worker } from "../e2e/servers";
import type { Fault } from "../e2e/stand-in/faults";
import type { Call } from "../e2e/stand-in/provider";

/** What the stand-in saw of it. */
export type Tally = {
  owed: number;
  calls: number;
  /** Calls under a key that had been called before: what was cut off, and asked again. */
  repeated: number;
  /** The most calls that arrived within any 5 seconds. */
  most: number;
};

const FAULTS: Partial<Fault>[] = [
  { kind: "lose-answer" },
  { kind: "reset" },
  { kind: "refuse", status: 500, name: "internal_server_error" },
  { kind: "refuse", status: 429, retryAfter: 1 },
  { kind: "garbage" },
];

/** Three processes send; no more of them are started at once, so that the machine has time to send too. */
const CREW = 3;

/**
 * Three processes send letters, slowly and with faults between, while more are owed; `kills` times one of them, whichever,
 * is ended by kill -9 at a random moment and another one takes its place. Once nothing is owed any more it counts in the
 * stand-in's log: every letter that was owed, once, and one body for each key. Throws if that is not so.
 */
export async function playKills(
  standIn: StandIn,
  variables: Record<string, string>,
  kills: number,
  say: (line: string) => void = () => {},
): Promise<Tally> {
  await standIn.control("reset", {});
  await standIn.control("latency", { before: 150, after: 400 });
  const organizations: string[] = [];
  const crew: Worker[] = [];
  try {
    for (let i = 0; i < CREW; i++) crew.push(await startWorker(variables));
    for (let kill = 1; kill <= kills; kill++) {
      // A person invites 2,000 people a day at most.
      const org = await makeOrganization();
      organizations.push(org.id);
      for (let batch = 0; batch < 2; batch++) await org.invite(...people(1 + Math.random() * 12));
      if (kill % 3 === 0) await standIn.control("faults", pick(FAULTS));
      await pause(Math.random() * 1_000);
      const [victim] = crew.splice(Math.floor(Math.random() * crew.length), 1);
      await victim?.kill();
      say(`${String(kill).padStart(3)}  killed`);
      crew.push(await startWorker(variables));
    }
    await untilNothingIsOwed(organizations);
  } finally {
    for (const worker of crew) await worker.stop();
  }
  return counted(await standIn.control<Call[]>("calls"), organizations);
}

function people(count: number): string[] {
  return Array.from(
    { length: Math.floor(count) },
    (_, at) => `p${at}-${Math.random().toString(36).slice(2)}`,
  );
}

function pick<T>(list: readonly T[]): T {
  return list[Math.floor(Math.random() * list.length)] as T;
}

/** What a killed process was at is taken over once it has not been heard of for some seconds. */
async function untilNothingIsOwed(organizations: readonly string[]): Promise<void> {
  const deadline = Date.now() + 180_000;
  const where = { closedAt: null, emails: { some: { organizationId: { in: [...organizations] } } } };
  while ((await db().emailBatch.count({ where })) > 0) {
    if (Date.now() > deadline) throw new Error("letters are still owed after three minutes");
    await pause(500);
  }
}

async function counted(calls: readonly Call[], organizations: readonly string[]): Promise<Tally> {
  const owed = await db().emailMessage.findMany({
    where: { organizationId: { in: [...organizations] } },
    select: { id: true, state: true },
  });
  const taken = calls.flatMap(({ letters }) => letters);
  const known = new Set(owed.map(({ id }) => id));
  const keys = new Set(calls.map(({ key }) => key));
  const bodies = new Set(calls.map(({ key, hash }) => `${key} ${hash}`));
  const wrong = {
    lost: owed.filter(({ id }) => !taken.includes(id)).length,
    doubled: taken.length - new Set(taken).size,
    foreign: taken.filter((id) => !known.has(id)).length,
    notSaidToBeSent: owed.filter(({ state }) => state !== "sent").length,
    keysWithTwoBodies: bodies.size - keys.size,
  };
  if (Object.values(wrong).some((count) => count > 0))
    throw new Error(`not each letter once: ${JSON.stringify(wrong)}`);
  const moments = calls.map(({ at }) => at);
  const most = Math.max(
    ...moments.map((from) => moments.filter((at) => at >= from && at < from + 5_000).length),
  );
  return { owed: owed.length, calls: calls.length, repeated: calls.length - keys.size, most };
}
