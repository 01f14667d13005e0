import { db } from "@/lib/db/client";
import { sendBatch } from "@/lib/mail/send-batch";

/** Runs the job of a batch, as a worker would. */
export function runSendJob(batch: string): Promise<void> {
  return sendBatch({ batch });
}

/** Returns the waiting jobs of a batch in order of creation; `wait` is each job's delay in seconds. */
export async function findSendJobs(batch: string): Promise<{ data: object; wait: number }[]> {
  return db().$queryRaw`
    SELECT data, round(extract(epoch FROM start_after - created_on))::int AS wait
    FROM pgboss.job WHERE name = 'emails' AND data->>'batch' = ${batch} ORDER BY created_on`;
}
