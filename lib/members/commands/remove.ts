import { type Actor, holdToChange } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { hindered, holdMember, settleAs } from "@/lib/members/commands/subject";
import type { RemoveRefusal } from "@/lib/members/messages";
import { movesOf } from "@/lib/members/moves";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * **Remove user**: the person has no place any more, and their next request is refused (REQ-F3). Their policies go with it:
 * whoever invites them again chooses new ones (REQ-C7). Somebody who is only invited is revoked instead.
 */
export async function remove(actor: Actor, input: { member: string }): Promise<Result<null, RemoveRefusal>> {
  return transaction(async (tx) => {
    const held = await holdToChange(tx, actor, "users:remove");
    if (!held) return refused("rights-lost");
    const member = await holdMember(tx, actor, input.member);
    if (!member) return refused("not-found");
    if (!movesOf(member.status).includes("remove")) return refused("not-in");
    const hindrance = hindered("remove", held, member);
    if (hindrance) return hindrance;
    await settleAs(tx, actor, [member], { status: "removed", type: "removed" });
    return done(null);
  });
}
