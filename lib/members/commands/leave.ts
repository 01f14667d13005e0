import { type Actor, holdToChange } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { holdMember, settleAs } from "@/lib/members/commands/subject";
import type { LeaveRefusal } from "@/lib/members/messages";
import { done, type Result, refused } from "@/lib/result/result";

/** A member gives up their own place (REQ-A4); no permission is needed for that. The last Owner cannot. */
export async function leave(actor: Actor): Promise<Result<null, LeaveRefusal>> {
  return transaction(async (tx) => {
    if (!(await holdToChange(tx, actor))) return refused("not-in");
    const member = await holdMember(tx, actor, actor.memberId);
    if (member?.status !== "active") return refused("not-in");
    if (member.isLastOwner) return refused("last-owner");
    await settleAs(tx, actor, [member], { status: "removed", type: "left" });
    return done(null);
  });
}
