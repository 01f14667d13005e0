import { type Actor, lockOrganization } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { lockMember, refuseMemberAction, setMemberStatus } from "@/lib/members/commands/lock";
import { allowedMemberActions } from "@/lib/members/member-actions";
import type { RemoveRefusal } from "@/lib/members/messages";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * Removes a user from the organization: their next request is refused (REQ-F3) and their policies are
 * deleted; inviting them again sets new ones (REQ-C7). Refused for invited users, whose invitation is revoked
 * instead.
 */
export async function removeMember(
  actor: Actor,
  input: { member: string },
): Promise<Result<null, RemoveRefusal>> {
  return transaction(async (tx) => {
    const locked = await lockOrganization(tx, actor, "users:remove", "update");
    if (!locked) return refused("rights-lost");
    const member = await lockMember(tx, actor, input.member);
    if (!member) return refused("not-found");
    if (!allowedMemberActions(member.status).includes("remove")) return refused("not-a-member");
    const refusal = refuseMemberAction("remove", locked, member);
    if (refusal) return refusal;
    await setMemberStatus(tx, actor, [member], { status: "removed", type: "removed" });
    return done(null);
  });
}
