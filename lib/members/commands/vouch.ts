import { logActivity } from "@/lib/activity/log-activity";
import { type Actor, holdToChange } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import type { VouchRefusal } from "@/lib/members/messages";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * An Owner vouches for the address of somebody who joined without a proof of the mailbox: in this organization the
 * person has their rights from now on (REQ-D9). The account stays unconfirmed, so it walks into no other one.
 */
export async function vouch(actor: Actor, input: { member: string }): Promise<Result<null, VouchRefusal>> {
  return transaction(async (tx) => {
    const held = await holdToChange(tx, actor);
    if (held?.rights.role !== "owner") return refused("owners-only");
    const changed = await tx.$executeRaw`
      UPDATE member SET address_confirmed = true, version = version + 1
      WHERE organization_id = ${actor.organization.id}::uuid AND id = ${input.member}::uuid
        AND status IN ('active', 'blocked') AND NOT address_confirmed`;
    if (changed === 0) return refused("nothing-to-confirm");
    await logActivity(tx, actor, { memberId: input.member }, "vouched");
    return done(null);
  });
}
