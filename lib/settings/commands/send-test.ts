import { randomUUID } from "node:crypto";
import { logOrganizationChange } from "@/lib/activity/log-activity";
import { type Actor, lockOrganization } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { lockQuota } from "@/lib/db/locks";
import { enqueueEmails } from "@/lib/mail/outbox";
import { findOverLimit, RECIPIENT_LIMIT } from "@/lib/mail/quota";
import { done, type Result, refused } from "@/lib/result/result";
import type { SendTestEmailRefusal } from "@/lib/settings/messages";

/**
 * **Send test email** (REQ-G3): sends one to the actor's own address, by the same path as every email, so it is delivered
 * or fails as an invitation would. It counts toward the address's daily limit.
 */
export async function sendTestEmail(actor: Actor): Promise<Result<null, SendTestEmailRefusal>> {
  return transaction(async (tx) => {
    if (!(await lockOrganization(tx, actor, "settings:update", "share"))) return refused("rights-lost");
    await lockQuota(tx, [actor.email]);
    if ((await findOverLimit(tx, [actor.email])).has(actor.email))
      return refused("recipient-limit", { limit: RECIPIENT_LIMIT });
    await enqueueEmails(tx, [
      {
        id: randomUUID(),
        kind: "test",
        to: actor.email,
        organizationId: actor.organization.id,
        causedBy: actor.memberId,
      },
    ]);
    await logOrganizationChange(tx, actor, "test-sent");
    return done(null);
  });
}
