import { grantWish } from "@/lib/accounts/commands/grant-wish";
import { remind } from "@/lib/invitations/jobs";
import { type Handlers, work } from "@/lib/jobs/queue";
import { deliver } from "@/lib/mail/delivery";
import { attend } from "@/lib/requests/commands/attend";
import { tidy } from "@/lib/workers/cleanup";

/**
 * Starts doing what is owed: called by the serving process before it answers, and by a process of its own. Also makes
 * the queue's schema, so that the first `send` finds it.
 */
export function startWorkers(): Promise<{ stop(): Promise<void> }> {
  const all: Handlers = {
    letters: deliver,
    links: grantWish,
    requests: attend,
    reminders: remind,
    tidying: tidy,
  };
  return work(all);
}
