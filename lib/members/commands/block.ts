import { type Actor, lockOrganization } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { type ItemResult, unwrapSingle } from "@/lib/lists/bulk";
import { forEachMember } from "@/lib/members/commands/for-each-member";
import { refuseMemberAction, setMemberStatus } from "@/lib/members/commands/lock";
import type { BlockRefusal } from "@/lib/members/messages";
import { done, type Result, refused } from "@/lib/result/result";

/** Blocks one member; see `blockMembers`. */
export async function blockMember(
  actor: Actor,
  input: { member: string },
): Promise<Result<null, BlockRefusal>> {
  return unwrapSingle(await blockMembers(actor, { members: [input.member] }));
}

/**
 * Blocks up to 100 members in one transaction (REQ-C9). Their next request is refused in every tab (REQ-F3).
 * Role and policies are kept for unblocking; memberships in other organizations do not change.
 */
export async function blockMembers(
  actor: Actor,
  { members }: { members: readonly string[] },
): Promise<Result<ItemResult<null, BlockRefusal>[], "rights-lost">> {
  return transaction(async (tx) => {
    const locked = await lockOrganization(tx, actor, "users:block", "update");
    if (!locked) return refused("rights-lost");
    const results = await forEachMember(
      tx,
      actor,
      members,
      (member) =>
        member.status === "active"
          ? (refuseMemberAction("block", locked, member) ?? null)
          : refused("not-active"),
      (eligible) => setMemberStatus(tx, actor, eligible, { status: "blocked", type: "blocked" }),
    );
    return done(results);
  });
}
