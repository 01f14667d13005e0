import { type Actor, holdToChange } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { done, type Outcome, refused } from "@/lib/kit/outcome";
import { hindered, holdMember, settleAs } from "@/lib/members/commands/subject";
import type { BlockRefusal } from "@/lib/members/messages";

/**
 * **Block**: the person's next request is refused, in every tab (R F3). They keep role and policies for an **Unblock**;
 * their places in other organizations stay as they are.
 */
export async function block(actor: Actor, input: { member: string }): Promise<Outcome<null, BlockRefusal>> {
  return transaction(async (tx) => {
    const held = await holdToChange(tx, actor, "users:block");
    if (!held) return refused("rights-lost");
    const member = await holdMember(tx, actor, input.member);
    if (!member) return refused("not-found");
    if (member.status !== "active") return refused("not-active");
    const hindrance = hindered("block", held, member);
    if (hindrance) return hindrance;
    await settleAs(tx, actor, member, { status: "blocked", what: "blocked" });
    return done(null);
  });
}
