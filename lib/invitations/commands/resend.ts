import { randomUUID } from "node:crypto";
import { note } from "@/lib/activity/note";
import { type Actor, hold } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { holdToSend } from "@/lib/invitations/commands/target";
import type { ResendRefusal } from "@/lib/invitations/messages";
import { movesFrom } from "@/lib/invitations/status";
import { done, type Outcome, refused } from "@/lib/kit/outcome";
import { owe } from "@/lib/letters/outbox";

/**
 * Sends the same link again and restarts its term (R C3). The limit is read at the resend and holds under parallel
 * clicks: the member is held, and the update's own condition decides.
 */
export async function resend(
  actor: Actor,
  input: { invitation: string },
): Promise<Outcome<{ memberId: string }, ResendRefusal>> {
  return transaction(async (tx) => {
    const held = await hold(tx, actor, "invitations:resend");
    if (!held) return refused("rights-lost");
    const sending = await holdToSend(tx, actor, input.invitation);
    if (!sending) return refused("not-found");
    const { target, limit } = sending;
    if (!movesFrom(target.status).includes("resend")) return refused("not-pending");
    if (target.resendCount >= held.resendLimit)
      return refused("resend-limit", { used: target.resendCount, limit: held.resendLimit });
    if (limit) return refused(limit);

    const letterId = randomUUID();
    const sent = await tx.$executeRaw`
      WITH i AS (
        UPDATE invitation SET resend_count = resend_count + 1, issued_at = clock_timestamp(), letter_id = ${letterId}::uuid,
               expires_at = clock_timestamp() + make_interval(days => ${held.expiryDays}::int), delivery = 'queued',
               delivery_detail = NULL, reminded_at = NULL
        WHERE id = ${target.id}::uuid AND settled_as IS NULL AND expires_at > clock_timestamp()
          AND resend_count < ${held.resendLimit}
        RETURNING member_id, expires_at, resend_count)
      UPDATE member m SET invited_until = i.expires_at, resend_count = i.resend_count, version = m.version + 1
      FROM i WHERE m.id = i.member_id`;
    if (sent === 0) return refused("not-pending");
    await note(tx, actor, target, "resent", { count: target.resendCount + 1, limit: held.resendLimit });
    await owe(tx, [
      {
        id: letterId,
        kind: "resent",
        to: target.email,
        organizationId: actor.organization.id,
        invitationId: target.id,
        causedBy: actor.memberId,
      },
    ]);
    return done({ memberId: target.memberId });
  });
}
