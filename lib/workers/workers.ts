import { sendMagicLink } from "@/lib/accounts/commands/send-magic-link";
import { remindInvitees } from "@/lib/invitations/jobs";
import { type JobHandlers, processQueues } from "@/lib/jobs/queue";
import { sendBatch } from "@/lib/mail/send-batch";
import { processRequest } from "@/lib/requests/commands/process";
import { runCleanup } from "@/lib/workers/cleanup";

/**
 * Starts processing the jobs of every queue, in the server process or in a separate worker process. Also creates the
 * queues.
 */
export function startWorkers(): Promise<{ stop(): Promise<void> }> {
  const handlers: JobHandlers = {
    emails: sendBatch,
    "magic-links": sendMagicLink,
    requests: processRequest,
    reminders: remindInvitees,
    cleanup: runCleanup,
  };
  return processQueues(handlers);
}
