import { forgetSessions } from "@/lib/accounts/jobs";
import { forgetUnmatchedEvents } from "@/lib/mail/jobs";

/** Forgets what nobody can need any more, so that tables do not grow for ever. Ends early once the process is to end. */
export async function tidy(_job: object = {}, stopping?: AbortSignal): Promise<void> {
  await forgetSessions(stopping);
  await forgetUnmatchedEvents(stopping);
}
