import { randomUUID } from "node:crypto";
import type { Tx } from "@/lib/db/client";
import { type Jobs, send } from "@/lib/jobs/queue";
import { log } from "@/lib/log/log";
import { type Attempt, settle } from "@/lib/mail/freeze";
import { nextTry, noteRefusal } from "@/lib/mail/pace";
import { record } from "@/lib/mail/record";
import type { Outgoing, SendResult } from "@/lib/mail/transports/transport";

type Job = Jobs["letters"];

/** Refusals that waiting does not explain are tried this often. */
const WRONG_ATTEMPTS = 5;

/**
 * Writes down what came of a call, with everything that follows from it, at once. Answers whether the next call may follow.
 * `mayBeSent`: an earlier call under the same key had no known end. A refusal is about the repetition alone then: a new key
 * could send twice, so the old one stays.
 */
export async function conclude(
  tx: Tx,
  job: Job,
  attempt: Attempt,
  letters: Outgoing[],
  outcome: SendResult,
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
    case "spoiled":
      if (ids.length > 1 && !mayBeSent) {
        await halve(tx, job, ids, outcome.detail);
        return false;
      }
      await record(
        tx,
        ids.map((id) =>
          mayBeSent
            ? { id, state: "unknown", detail: doubt(outcome.detail) }
            : { id, state: "failed", detail: outcome.detail },
        ),
      );
      if (last) await finish(tx, job);
      return true;
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
  await record(
    tx,
    uncertain.map((id) => ({ id, state: "unknown", detail: doubt(detail) })),
  );
  const rest = await tx.emailMessage.findMany({ where: { batchId, state: "queued" }, select: { id: true } });
  await record(
    tx,
    rest.map(({ id }) => ({ id, state: "failed", detail })),
  );
  await settle(tx, batchId);
  await noteRefusal(tx, detail);
}

/** An earlier call under the same key may have sent it (decision 0037). */
function doubt(detail: string): string {
  return `an earlier call had no answer, and now ${detail}`;
}

/**
 * A letter among these spoils the call of all: each half of them is a batch from here on, until the letter is alone and
 * fails alone. The others go (decision 0040).
 */
async function halve(tx: Tx, job: Job, ids: string[], detail: string): Promise<void> {
  log.warn({ batch: job.batch, letters: ids.length, detail }, "letters refused together");
  await tellWaiting(tx, ids, detail);
  const other = await tx.emailBatch.create({ data: { id: randomUUID() } });
  await tx.emailMessage.updateMany({
    where: { id: { in: ids.slice(Math.ceil(ids.length / 2)) } },
    data: { batchId: other.id },
  });
  await startOver(tx, job, 0);
  await send(tx, "letters", [{ batch: other.id }]);
}

function tellWaiting(tx: Tx, ids: string[], detail: string): Promise<void> {
  return record(
    tx,
    ids.map((id) => ({ id, state: "queued", detail })),
  );
}

/** Certainly nothing of it was sent: the next call has a new key, and takes only what may still be sent then. */
async function startOver(tx: Tx, job: Job, after?: number): Promise<void> {
  await tx.emailBatch.update({
    where: { id: job.batch },
    data: { attempt: { increment: 1 }, calledAt: null },
  });
  await again(tx, job, after);
}

/** Once more, later each time: after 1, 2, 4 … 60 seconds, or when the provider said. */
async function again(tx: Tx, job: Job, after?: number): Promise<void> {
  const { batch, tries = 0 } = job;
  await send(tx, "letters", [{ batch, tries: tries + 1 }], after ?? nextTry(tries));
}
