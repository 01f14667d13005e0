import { logActivity } from "@/lib/activity/log-activity";
import { type Actor, lockOrganization } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import type { VouchRefusal } from "@/lib/members/messages";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * Confirms the address of a user who joined without proof of the mailbox, on the word of an Owner: in this
 * organization the user gets the rights of their role and policies (REQ-D9). The account itself stays
 * unconfirmed, so this has no effect in other organizations.
 */
export async function vouchForAddress(
  actor: Actor,
  input: { member: string },
): Promise<Result<null, VouchRefusal>> {
  return transaction(async (tx) => {
    const locked = await lockOrganization(tx, actor, null, "update");
    if (locked?.rights.role !== "owner") return refused("owners-only");
    const { count } = await tx.member.updateMany({
      where: {
        organizationId: actor.organization.id,
        id: input.member,
        status: { in: ["active", "blocked"] },
        addressConfirmed: false,
      },
      data: { addressConfirmed: true, version: { increment: 1 } },
    });
    if (count === 0) return refused("nothing-to-confirm");
    await logActivity(tx, actor, { memberId: input.member }, "vouched");
    return done(null);
  });
}
