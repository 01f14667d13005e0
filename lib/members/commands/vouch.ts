import { type Actor, findRights } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { done, type Outcome, refused } from "@/lib/kit/outcome";
import type { VouchRefusal } from "@/lib/members/messages";

/**
 * An Owner vouches for the address of somebody who joined without a proof of the mailbox: in this organization the
 * person has their rights from now on (R D9). The account stays unconfirmed, so it walks into no other one.
 */
export async function vouch(actor: Actor, input: { member: string }): Promise<Outcome<null, VouchRefusal>> {
  return transaction(async (tx) => {
    // It changes somebody's rights, so nobody may be deciding by them meanwhile.
    await tx.$queryRaw`SELECT FROM organization WHERE id = ${actor.organization.id}::uuid FOR NO KEY UPDATE`;
    const rights = await findRights(tx, actor.organization.id, actor.memberId);
    if (rights?.role !== "owner") return refused("owners-only");
    const changed = await tx.$executeRaw`
      UPDATE member SET address_confirmed = true, version = version + 1
      WHERE organization_id = ${actor.organization.id}::uuid AND id = ${input.member}::uuid
        AND status IN ('active', 'blocked') AND NOT address_confirmed`;
    if (changed === 0) return refused("nothing-to-confirm");
    await tx.$executeRaw`
      INSERT INTO activity (organization_id, member_id, actor_id, what, at)
      VALUES (${actor.organization.id}::uuid, ${input.member}::uuid, ${actor.memberId}::uuid, 'vouched', clock_timestamp())`;
    return done(null);
  });
}
