import { randomUUID } from "node:crypto";
import type { Tx } from "@/lib/db/client";
import { enqueueJobs, type JobData } from "@/lib/jobs/queue";
import { log } from "@/lib/log/log";
import { type Attempt, closeBatchIfDone } from "@/lib/mail/prepare-batch";
import { backoffSeconds, setProviderError } from "@/lib/mail/send-throttle";
import type { OutgoingEmail, SendResult } from "@/lib/mail/transports/transport";
import { updateDeliveryStatus } from "@/lib/mail/update-delivery-status";

type SendJob = JobData["emails"];

/** How often a batch is attempted if the provider rejects it for an unexplained reason. */
const MAX_REJECTED_ATTEMPTS = 5;

/**
 * Records the result of a call and everything that follows from it in the caller's transaction. Returns true if the next
 * call of the attempt may follow. `isLast`: no email of the attempt is left. `mayBeSent`: an earlier call under the same
 * key had no known result. An error then concerns only the repetition, and a new key could send the emails twice, so the
 * key is kept.
 */
export async function applySendResult(
  tx: Tx,
  job: SendJob,
  attempt: Attempt,
  emails: OutgoingEmail[],
  result: SendResult,
  { isLast, mayBeSent }: { isLast: boolean; mayBeSent: boolean },
): Promise<boolean> {
  const ids = emails.map(({ id }) => id);
  switch (result.type) {
    case "completed": {
      await updateDeliveryStatus(
        tx,
        result.emails.map((emailResult, index) => {
          const id = ids[index] ?? "";
          return emailResult.state === "deferred"
            ? { id, state: "queued", detail: emailResult.detail }
            : { id, ...emailResult };
        }),
      );
      if (isLast) await closeOrRetryBatch(tx, job);
      if (result.emails.some(({ state }) => state === "sent")) await setProviderError(tx, null);
      return true;
    }
    case "rejected":
      await failBatch(tx, job.batch, mayBeSent ? ids : [], result.detail);
      return false;
    case "invalid-email":
      if (ids.length > 1 && !mayBeSent) {
        await bisectBatch(tx, job, ids, result.detail);
        return false;
      }
      await updateDeliveryStatus(
        tx,
        ids.map((id) =>
          mayBeSent
            ? { id, state: "unknown", detail: uncertainDetail(result.detail) }
            : { id, state: "failed", detail: result.detail },
        ),
      );
      if (isLast) await closeOrRetryBatch(tx, job);
      return true;
    case "deferred":
      if (result.cause === "unexplained" && (mayBeSent || attempt.number + 1 >= MAX_REJECTED_ATTEMPTS)) {
        await failBatch(tx, job.batch, mayBeSent ? ids : [], result.detail);
        return false;
      }
      await setQueuedDetail(tx, ids, result.detail);
      if (mayBeSent) await retry(tx, job, result.after);
      else await retryWithNewKey(tx, job, result.after);
      return false;
    case "no-response":
      log.warn(
        { batch: job.batch, attempt: attempt.number, detail: result.detail },
        "email provider did not respond",
      );
      await setQueuedDetail(tx, ids, result.detail);
      await retry(tx, job);
      return false;
  }
}

/** Closes the batch, or starts a new attempt for the emails that the mail server deferred. */
async function closeOrRetryBatch(tx: Tx, job: SendJob): Promise<void> {
  if (!(await closeBatchIfDone(tx, job.batch))) await retryWithNewKey(tx, job);
}

/** Fails a batch. None of its emails were sent, except possibly those with the `uncertain` ids. */
async function failBatch(
  tx: Tx,
  batchId: string,
  uncertain: readonly string[],
  detail: string,
): Promise<void> {
  log.error({ batch: batchId, detail }, "email provider rejected the batch");
  await updateDeliveryStatus(
    tx,
    uncertain.map((id) => ({ id, state: "unknown", detail: uncertainDetail(detail) })),
  );
  const rest = await tx.emailMessage.findMany({ where: { batchId, state: "queued" }, select: { id: true } });
  await updateDeliveryStatus(
    tx,
    rest.map(({ id }) => ({ id, state: "failed", detail })),
  );
  await closeBatchIfDone(tx, batchId);
  await setProviderError(tx, detail);
}

/** The detail of an email that an earlier call under the same key may have sent (decision 0037). */
function uncertainDetail(detail: string): string {
  return `no response to an earlier attempt; now: ${detail}`;
}

/**
 * Splits the batch in two. One invalid email fails the whole call; bisecting isolates it, so that it fails alone and the
 * others are sent (decision 0040).
 */
async function bisectBatch(tx: Tx, job: SendJob, ids: string[], detail: string): Promise<void> {
  log.warn({ batch: job.batch, emails: ids.length, detail }, "batch rejected, splitting");
  await setQueuedDetail(tx, ids, detail);
  const newBatch = await tx.emailBatch.create({ data: { id: randomUUID() } });
  await tx.emailMessage.updateMany({
    where: { id: { in: ids.slice(Math.ceil(ids.length / 2)) } },
    data: { batchId: newBatch.id },
  });
  await retryWithNewKey(tx, job, 0);
  await enqueueJobs(tx, "emails", [{ batch: newBatch.id }]);
}

function setQueuedDetail(tx: Tx, ids: string[], detail: string): Promise<void> {
  return updateDeliveryStatus(
    tx,
    ids.map((id) => ({ id, state: "queued", detail })),
  );
}

/** Retries under a new key after a call that certainly sent nothing. Emails that may no longer be sent are left out. */
async function retryWithNewKey(tx: Tx, job: SendJob, delay?: number): Promise<void> {
  await tx.emailBatch.update({
    where: { id: job.batch },
    data: { attempt: { increment: 1 }, calledAt: null },
  });
  await retry(tx, job, delay);
}

/** Retries under the same key after `delay` seconds, or after 1, 2, 4 … 60 seconds. */
async function retry(tx: Tx, job: SendJob, delay?: number): Promise<void> {
  const { batch, tries = 0 } = job;
  await enqueueJobs(tx, "emails", [{ batch, tries: tries + 1 }], delay ?? backoffSeconds(tries));
}
