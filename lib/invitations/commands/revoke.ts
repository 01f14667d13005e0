import { note } from "@/lib/activity/note";
import { type Actor, hold } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { holdTarget } from "@/lib/invitations/commands/target";
import type { RevokeRefusal } from "@/lib/invitations/messages";
import { movesFrom } from "@/lib/invitations/status";
import { done, type Outcome, refused } from "@/lib/kit/outcome";
import { reaches } from "@/lib/members/rights";

/**
 * Takes an open invitation back (R C6): the code is dead at once, and a letter that is not sent yet will not be. Nobody
 * revokes a person who would hold more than they do (R A3).
 */
export async function revoke(
  actor: Actor,
  input: { invitation: string },
): Promise<Outcome<{ memberId: string }, RevokeRefusal>> {
  return transaction(async (tx) => {
    const held = await hold(tx, actor, "invitations:revoke");
    if (!held) return refused("rights-lost");
    const target = await holdTarget(tx, actor, input.invitation);
    if (!target) return refused("not-found");
    if (!movesFrom(target.status).includes("revoke")) return refused("not-open");
    if (!reaches(held.rights, target)) return refused("above-you");
    await tx.$executeRaw`
      UPDATE invitation SET settled_as = 'revoked', settled_at = clock_timestamp() WHERE id = ${target.id}::uuid`;
    await tx.$executeRaw`
      UPDATE member SET status = 'removed', invited_until = NULL, version = version + 1
      WHERE id = ${target.memberId}::uuid`;
    await note(tx, actor, target, "revoked");
    return done({ memberId: target.memberId });
  });
}
