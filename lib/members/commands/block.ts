import { type Actor, holdToChange } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { type Answered, only } from "@/lib/lists/bulk";
import { toEach } from "@/lib/members/commands/each";
import { hindered, settleAs } from "@/lib/members/commands/subject";
import type { BlockRefusal } from "@/lib/members/messages";
import { done, type Result, refused } from "@/lib/result/result";

/** **Block**, for one: see `blockEach`. */
export async function block(actor: Actor, input: { member: string }): Promise<Result<null, BlockRefusal>> {
  return only(await blockEach(actor, { members: [input.member] }));
}

/**
 * **Block**: the people's next requests are refused, in every tab (REQ-F3); up to 100 in one transaction (REQ-C9). They keep
 * role and policies for an **Unblock**; their places in other organizations stay as they are.
 */
export async function blockEach(
  actor: Actor,
  { members }: { members: readonly string[] },
): Promise<Result<Answered<null, BlockRefusal>[], "rights-lost">> {
  return transaction(async (tx) => {
    const held = await holdToChange(tx, actor, "users:block");
    if (!held) return refused("rights-lost");
    const answers = await toEach(
      tx,
      actor,
      members,
      (member) =>
        member.status === "active" ? (hindered("block", held, member) ?? null) : refused("not-active"),
      (free) => settleAs(tx, actor, free, { status: "blocked", type: "blocked" }),
    );
    return done(answers);
  });
}
