import { type Actor, holdToChange } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { hindered, holdMember, settleAs } from "@/lib/members/commands/subject";
import type { UnblockRefusal } from "@/lib/members/messages";
import { done, type Result, refused } from "@/lib/result/result";

/** **Unblock**: the person is in again, with the role and the policies they had. Only somebody who holds as much gives that back (REQ-A3). */
export async function unblock(
  actor: Actor,
  input: { member: string },
): Promise<Result<null, UnblockRefusal>> {
  return transaction(async (tx) => {
    const held = await holdToChange(tx, actor, "users:block");
    if (!held) return refused("rights-lost");
    const member = await holdMember(tx, actor, input.member);
    if (!member) return refused("not-found");
    if (member.status !== "blocked") return refused("not-blocked");
    const hindrance = hindered("unblock", held, member);
    if (hindrance) return hindrance;
    await settleAs(tx, actor, [member], { status: "active", type: "unblocked" });
    return done(null);
  });
}
