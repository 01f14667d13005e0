import { randomUUID } from "node:crypto";
import { logOrganizationChange } from "@/lib/activity/log-activity";
import { type Actor, hold } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { owe } from "@/lib/mail/outbox";
import { findFull, takeTurn } from "@/lib/mail/quota";
import { done, type Result, refused } from "@/lib/result/result";
import type { TestRefusal } from "@/lib/settings/messages";

/**
 * **Send test email** (REQ-G3): to the actor's own address and no other, the same way as every letter, so that what becomes
 * of it is what becomes of an invitation. It is one of the five that an address gets a day.
 */
export async function sendTest(actor: Actor): Promise<Result<null, TestRefusal>> {
  return transaction(async (tx) => {
    if (!(await hold(tx, actor, "settings:update"))) return refused("rights-lost");
    await takeTurn(tx, [actor.email]);
    if ((await findFull(tx, [actor.email])).has(actor.email)) return refused("recipient-limit");
    await owe(tx, [
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
