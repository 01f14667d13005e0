import { purgeExpiredSessions } from "@/lib/accounts/jobs";
import { deleteUnmatchedEvents } from "@/lib/mail/jobs";

/** Deletes expired sessions and unmatched delivery events, so that tables do not grow without limit. */
export async function runCleanup(_job: object = {}, stopping?: AbortSignal): Promise<void> {
  await purgeExpiredSessions(stopping);
  await deleteUnmatchedEvents(stopping);
}
