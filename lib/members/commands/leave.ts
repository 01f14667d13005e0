import { type Actor, lockOrganization } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { lockMember, setMemberStatus } from "@/lib/members/commands/lock";
import type { LeaveRefusal } from "@/lib/members/messages";
import { done, type Result, refused } from "@/lib/result/result";

/** Removes the actor from the organization (REQ-A4). Needs no permission; refused for the last Owner. */
export async function leaveOrganization(actor: Actor): Promise<Result<null, LeaveRefusal>> {
  return transaction(async (tx) => {
    if (!(await lockOrganization(tx, actor, null, "update"))) return refused("not-a-member");
    const member = await lockMember(tx, actor, actor.memberId);
    if (member?.status !== "active") return refused("not-a-member");
    if (member.isLastOwner) return refused("last-owner");
    await setMemberStatus(tx, actor, [member], { status: "removed", type: "left" });
    return done(null);
  });
}
