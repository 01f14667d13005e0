import { setTimeout as sleep } from "node:timers/promises";
import { db, transaction } from "@/lib/db/client";
import { tryLockDelivery } from "@/lib/db/locks";
import { enqueueJobs, type JobData } from "@/lib/jobs/queue";
import { applySendResult } from "@/lib/mail/apply-send-result";
import { type Attempt, prepareBatch } from "@/lib/mail/prepare-batch";
import { backoffSeconds, pauseSending, reserveSendSlot } from "@/lib/mail/send-throttle";
import { configuredTransport } from "@/lib/mail/transports/configured";

type SendJob = JobData["emails"];

/**
 * Sends the emails of a batch that are still queued, in one call per `batchSize` emails. Retries use the same idempotency
 * key and bytes, or a new key once it is certain that nothing was sent.
 */
export async function sendBatch(job: SendJob): Promise<void> {
  const { reserved, wait } = await reserveSendSlot(configuredTransport().minInterval);
  if (!reserved) return reschedule(job, wait / 1000);
  await sleep(wait);
  const locked = await withBatchLock(job.batch, async () => {
    const attempt = await prepareBatch(job.batch);
    if (attempt) await sendAttempt(job, attempt);
  });
  if (!locked) await reschedule(job, 5);
}

/**
 * Runs `work` unless another process works on the batch, and returns whether it ran. PostgreSQL releases the lock with
 * its connection, even if the process is killed.
 */
async function withBatchLock(batch: string, work: () => Promise<void>): Promise<boolean> {
  return db().$transaction(
    async (tx) => {
      const acquired = await tryLockDelivery(tx, batch);
      if (acquired) await work();
      return acquired;
    },
    { maxWait: 10_000, timeout: 15 * 60_000 },
  );
}

async function sendAttempt(job: SendJob, attempt: Attempt): Promise<void> {
  const { batchSize, send } = configuredTransport();
  for (let from = 0; from < attempt.emails.length; from += batchSize) {
    const emails = attempt.emails.slice(from, from + batchSize);
    const result = await send(`${job.batch}:${attempt.number}`, emails);
    // If the provider names no time to wait, all processes wait as long as this batch does.
    if (result.type === "deferred" && result.cause === "unavailable")
      await pauseSending(result.after ?? backoffSeconds(job.tries));
    const isLast = from + batchSize >= attempt.emails.length;
    // Only the first call of a repeated attempt can have been interrupted: each result is recorded before the next call.
    const mayBeSent = attempt.isRepeated && from === 0;
    const mayContinue = await transaction((tx) =>
      applySendResult(tx, job, attempt, emails, result, { isLast, mayBeSent }),
    );
    if (!mayContinue) return;
  }
}

function reschedule(job: SendJob, seconds: number): Promise<void> {
  return transaction((tx) => enqueueJobs(tx, "emails", [job], seconds));
}
