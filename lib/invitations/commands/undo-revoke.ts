import { randomUUID } from "node:crypto";
import { logActivity } from "@/lib/activity/log-activity";
import { type Actor, hold } from "@/lib/auth/actor";
import { type Tx, transaction } from "@/lib/db/client";
import { holdTarget } from "@/lib/invitations/commands/target";
import type { UndoRefusal } from "@/lib/invitations/messages";
import { owe } from "@/lib/mail/outbox";
import type { LetterKind } from "@/lib/mail/states";
import { mayGive } from "@/lib/permissions/rights";
import { done, type Result, refused } from "@/lib/result/result";
import { UNDO_MINUTES } from "@/lib/result/undo";

/**
 * Takes a revocation back within ten minutes (REQ-C6): the same code with the same expiry, and a letter that was held back
 * is owed again. Not once anything newer happened to the person, nor when the invitation would have expired.
 */
export async function undoRevoke(
  actor: Actor,
  input: { invitation: string },
): Promise<Result<{ memberId: string }, UndoRefusal>> {
  return transaction(async (tx) => {
    const held = await hold(tx, actor, "invitations:revoke");
    if (!held) return refused("rights-lost");
    const target = await holdTarget(tx, actor, input.invitation);
    if (!target) return refused("not-found");
    if (!mayGive(held.rights, target, held.defaultRole)) return refused("above-you");
    const restored = await tx.$executeRaw`
      WITH m AS (
        UPDATE member m SET status = 'invited', invited_until = i.expires_at, version = m.version + 1
        FROM invitation i
        WHERE i.id = ${target.id}::uuid AND m.id = i.member_id AND m.invitation_id = i.id AND m.status = 'removed'
          AND i.settled_as = 'revoked' AND i.expires_at > clock_timestamp()
          AND i.settled_at > clock_timestamp() - make_interval(mins => ${UNDO_MINUTES}::int)
        RETURNING i.id)
      UPDATE invitation SET settled_as = NULL, settled_at = NULL FROM m WHERE invitation.id = m.id`;
    if (restored === 0) return refused("too-late");
    await oweHeldBack(tx, actor, target);
    await logActivity(tx, actor, target, "revoke-undone");
    return done({ memberId: target.memberId });
  });
}

/** The letter that was cancelled because of the revocation goes out after all; one still queued does so by itself. */
async function oweHeldBack(tx: Tx, actor: Actor, target: { id: string; email: string }): Promise<void> {
  const [letter] = await tx.$queryRaw<{ kind: LetterKind; state: string }[]>`
    SELECT l.kind, l.state FROM email_message l JOIN invitation i ON i.email_message_id = l.id
    WHERE i.id = ${target.id}::uuid FOR UPDATE OF l`;
  if (letter?.state !== "cancelled") return;
  const id = randomUUID();
  await tx.$executeRaw`
    WITH i AS (
      UPDATE invitation SET email_message_id = ${id}::uuid, delivery = 'queued', delivery_detail = NULL
      WHERE id = ${target.id}::uuid RETURNING member_id)
    UPDATE member m SET delivery = 'queued', delivery_detail = NULL FROM i WHERE m.id = i.member_id`;
  await owe(tx, [
    {
      id,
      kind: letter.kind,
      to: target.email,
      organizationId: actor.organization.id,
      invitationId: target.id,
      causedBy: actor.memberId,
    },
  ]);
}
