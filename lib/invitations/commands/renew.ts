import { randomUUID } from "node:crypto";
import { note } from "@/lib/activity/note";
import { type Actor, hold } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { codeOf } from "@/lib/invitations/code";
import { holdToSend } from "@/lib/invitations/commands/target";
import type { RenewRefusal } from "@/lib/invitations/messages";
import { movesFrom } from "@/lib/invitations/status";
import { currentKey } from "@/lib/kit/keys";
import { done, type Outcome, refused } from "@/lib/kit/outcome";
import { digestOf } from "@/lib/kit/secrets";
import { owe } from "@/lib/letters/outbox";
import { mayGive } from "@/lib/members/rights";

/**
 * **Send new invitation** (R C4), only for an expired one: a new code and term, resends back to zero, the old code dead.
 * The actor is the giver from now on, so the ceiling holds for them (R A3).
 */
export async function renew(
  actor: Actor,
  input: { invitation: string },
): Promise<Outcome<{ invitationId: string; memberId: string }, RenewRefusal>> {
  return transaction(async (tx) => {
    const held = await hold(tx, actor, "invitations:create");
    if (!held) return refused("rights-lost");
    const sending = await holdToSend(tx, actor, input.invitation);
    if (!sending) return refused("not-found");
    const { target, limit } = sending;
    if (!movesFrom(target.status).includes("renew")) return refused("not-expired");
    if (!mayGive(held.rights, target, held.defaultRole)) return refused("above-you");
    if (limit) return refused(limit);

    const invitationId = randomUUID();
    const letterId = randomUUID();
    const key = currentKey();
    await tx.$executeRaw`
      UPDATE invitation SET settled_as = 'superseded', settled_at = clock_timestamp(), latest = false
      WHERE id = ${target.id}::uuid`;
    await tx.$executeRaw`
      WITH made AS (
        INSERT INTO invitation (id, organization_id, member_id, email, role, inviter_id, key_id, code_digest, created_at,
                                issued_at, expires_at, letter_id)
        VALUES (${invitationId}::uuid, ${actor.organization.id}::uuid, ${target.memberId}::uuid, ${target.email},
                ${target.role}, ${actor.memberId}::uuid, ${key.id}, ${digestOf(codeOf(key, invitationId))},
                clock_timestamp(), clock_timestamp(),
                clock_timestamp() + make_interval(days => ${held.expiryDays}::int), ${letterId}::uuid)
        RETURNING id, member_id, expires_at)
      UPDATE member m SET invitation_id = made.id, invited_until = made.expires_at, resend_count = 0,
             given_by = ${actor.memberId}::uuid, version = m.version + 1
      FROM made WHERE m.id = made.member_id`;
    await tx.$executeRaw`
      UPDATE member_policy SET given_by = ${actor.memberId}::uuid
      WHERE organization_id = ${actor.organization.id}::uuid AND member_id = ${target.memberId}::uuid`;
    await note(tx, actor, { id: invitationId, memberId: target.memberId }, "renewed");
    await owe(tx, [
      {
        id: letterId,
        kind: "new",
        to: target.email,
        organizationId: actor.organization.id,
        invitationId,
        causedBy: actor.memberId,
      },
    ]);
    return done({ invitationId, memberId: target.memberId });
  });
}
