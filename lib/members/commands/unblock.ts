import { type Actor, lockOrganization } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { lockMember, refuseMemberAction, setMemberStatus } from "@/lib/members/commands/lock";
import type { UnblockRefusal } from "@/lib/members/messages";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * Unblocks a user, who keeps their role and policies. Refused if the user has more access than the actor
 * (REQ-A3).
 */
export async function unblockMember(
  actor: Actor,
  input: { member: string },
): Promise<Result<null, UnblockRefusal>> {
  return transaction(async (tx) => {
    const locked = await lockOrganization(tx, actor, "users:block", "update");
    if (!locked) return refused("rights-lost");
    const member = await lockMember(tx, actor, input.member);
    if (!member) return refused("not-found");
    if (member.status !== "blocked") return refused("not-blocked");
    const refusal = refuseMemberAction("unblock", locked, member);
    if (refusal) return refusal;
    await setMemberStatus(tx, actor, [member], { status: "active", type: "unblocked" });
    return done(null);
  });
}
