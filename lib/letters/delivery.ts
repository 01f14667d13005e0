import { setTimeout as sleep } from "node:timers/promises";
import { db, type Tx, transaction } from "@/lib/db/client";
import { type Jobs, send } from "@/lib/jobs/queue";
import { log } from "@/lib/kit/log";
import { type Attempt, freeze, settle } from "@/lib/letters/freeze";
import { hold, noteRefusal, takeTurn } from "@/lib/letters/pace";
import { record } from "@/lib/letters/record";
import { transport } from "@/lib/letters/transports/choose";
import type { Outcome, Outgoing } from "@/lib/letters/transports/transport";

type Job = Jobs["letters"];

/** Refusals that waiting does not explain are tried this often. */
const WRONG_ATTEMPTS = 5;

/**
 * Sends what a batch owes: one job, one call to the provider (a transport that takes letters singly gets them one by
 * one). Whatever happens in between, a repetition asks under the same key with the same bytes, or under a new key once
 * it is certain that nothing was sent.
 */
export async function deliver(job: Job): Promise<void> {
  const { mine, wait } = await takeTurn(transport().pace);
  if (!mine) return putOff(job, wait / 1000);
  await sleep(wait);
  const alone = await exclusively(job.batch, async () => {
    const attempt = await freeze(job.batch);
    if (attempt) await call(job, attempt);
  });
  if (!alone) await putOff(job, 5);
}

/** One process at a time works on a batch. The lock goes with its holder's connection, also when that is killed. */
async function exclusively(batch: string, work: () => Promise<void>): Promise<boolean> {
  return db().$transaction(
    async (tx) => {
      const [lock] = await tx.$queryRaw<{ mine: boolean }[]>`
        SELECT pg_try_advisory_xact_lock(hashtextextended(${batch}, 0)) AS mine`;
      if (lock?.mine) await work();
      return lock?.mine ?? false;
    },
    { maxWait: 10_000, timeout: 15 * 60_000 },
  );
}

async function call(job: Job, attempt: Attempt): Promise<void> {
  const way = transport();
  for (let from = 0; from < attempt.letters.length; from += way.perCall) {
    const letters = attempt.letters.slice(from, from + way.perCall);
    const outcome = await way.call(`${job.batch}:${attempt.number}`, letters);
    if (outcome.outcome === "refused" && outcome.after !== undefined) await hold(outcome.after);
    const last = from + way.perCall >= attempt.letters.length;
    // In a repeated attempt only its first call can be the one that was cut off: the next begins once it is noted.
    const mayBeSent = attempt.isRepeated && from === 0;
    const goOn = await transaction((tx) => note(tx, job, attempt, letters, outcome, { last, mayBeSent }));
    if (!goOn) return;
  }
}

/**
 * Writes down what came of a call, with everything that follows from it, at once. Answers whether the next call may follow.
 * `mayBeSent`: an earlier call under the same key had no known end. A refusal is about the repetition alone then: a new key
 * could send twice, so the old one stays.
 */
async function note(
  tx: Tx,
  job: Job,
  attempt: Attempt,
  letters: Outgoing[],
  outcome: Outcome,
  { last, mayBeSent }: { last: boolean; mayBeSent: boolean },
): Promise<boolean> {
  const ids = letters.map(({ id }) => id);
  switch (outcome.outcome) {
    case "answered": {
      await record(
        tx,
        outcome.results.map((result, index) => {
          const id = ids[index] ?? "";
          return result.state === "again"
            ? { id, state: "queued", detail: result.detail }
            : { id, ...result };
        }),
      );
      if (last) await finish(tx, job);
      if (outcome.results.some(({ state }) => state === "sent")) await noteRefusal(tx, null);
      return true;
    }
    case "rejected":
      await failRest(tx, job.batch, mayBeSent ? ids : [], outcome.detail);
      return false;
    case "refused":
      if (outcome.kind === "wrong" && (mayBeSent || attempt.number + 1 >= WRONG_ATTEMPTS)) {
        await failRest(tx, job.batch, mayBeSent ? ids : [], outcome.detail);
        return false;
      }
      await tellWaiting(tx, ids, outcome.detail);
      if (mayBeSent) await again(tx, job, outcome.after);
      else await startOver(tx, job, outcome.after);
      return false;
    case "unanswered":
      log.warn(
        { batch: job.batch, attempt: attempt.number, detail: outcome.detail },
        "letters without an answer",
      );
      await tellWaiting(tx, ids, outcome.detail);
      await again(tx, job);
      return false;
  }
}

/** Settles the batch, or begins a new attempt for the letters that the server asked to bring later. */
async function finish(tx: Tx, job: Job): Promise<void> {
  if (!(await settle(tx, job.batch))) await startOver(tx, job);
}

/** Gives up on a batch. Nothing of it was sent, but perhaps those of the `uncertain` ids. */
async function failRest(
  tx: Tx,
  batchId: string,
  uncertain: readonly string[],
  detail: string,
): Promise<void> {
  log.error({ batch: batchId, detail }, "letters refused");
  const doubt = `an earlier call had no answer, and now ${detail}`;
  await record(
    tx,
    uncertain.map((id) => ({ id, state: "unknown", detail: doubt })),
  );
  const rest = await tx.letter.findMany({ where: { batchId, state: "queued" }, select: { id: true } });
  await record(
    tx,
    rest.map(({ id }) => ({ id, state: "failed", detail })),
  );
  await settle(tx, batchId);
  await noteRefusal(tx, detail);
}

function tellWaiting(tx: Tx, ids: string[], detail: string): Promise<void> {
  return record(
    tx,
    ids.map((id) => ({ id, state: "queued", detail })),
  );
}

/** Certainly nothing of it was sent: the next call has a new key, and takes only what may still be sent then. */
async function startOver(tx: Tx, job: Job, after?: number): Promise<void> {
  await tx.letterBatch.update({
    where: { id: job.batch },
    data: { attempt: { increment: 1 }, calledAt: null },
  });
  await again(tx, job, after);
}

/** Once more, later each time: after 1, 2, 4 … 60 seconds, or when the provider said. */
async function again(tx: Tx, job: Job, after?: number): Promise<void> {
  const tries = (job.tries ?? 0) + 1;
  await send(tx, "letters", [{ batch: job.batch, tries }], after ?? Math.min(60, 2 ** (tries - 1)));
}

function putOff(job: Job, seconds: number): Promise<void> {
  return transaction((tx) => send(tx, "letters", [job], seconds));
}
