import { setTimeout as sleep } from "node:timers/promises";
import { db, transaction } from "@/lib/db/client";
import { type Jobs, send } from "@/lib/jobs/queue";
import { conclude } from "@/lib/mail/conclude";
import { type Attempt, freeze } from "@/lib/mail/freeze";
import { hold, nextTry, takeTurn } from "@/lib/mail/pace";
import { transport } from "@/lib/mail/transports/choose";

type Job = Jobs["letters"];

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
    // Asked to wait without a word about how long, everybody waits as long as this batch does.
    if (outcome.outcome === "refused" && outcome.kind === "wait")
      await hold(outcome.after ?? nextTry(job.tries));
    const last = from + way.perCall >= attempt.letters.length;
    // In a repeated attempt only its first call can be the one that was cut off: the next begins once it is noted.
    const mayBeSent = attempt.isRepeated && from === 0;
    const goOn = await transaction((tx) => conclude(tx, job, attempt, letters, outcome, { last, mayBeSent }));
    if (!goOn) return;
  }
}

function putOff(job: Job, seconds: number): Promise<void> {
  return transaction((tx) => send(tx, "letters", [job], seconds));
}
