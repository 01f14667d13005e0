import { randomUUID } from "node:crypto";
import { logActivities } from "@/lib/activity/log-activity";
import { type Actor, type Held, hold } from "@/lib/auth/actor";
import { digestOf } from "@/lib/crypto/codes";
import { currentKey } from "@/lib/crypto/key-ring";
import { type Tx, transaction } from "@/lib/db/client";
import { isDomainAllowed } from "@/lib/email-address/email-address";
import { approveOpen } from "@/lib/invitations/commands/approve-open-requests";
import { answerEach, holdToSend, type Target } from "@/lib/invitations/commands/target";
import type { RenewRefusal } from "@/lib/invitations/messages";
import { movesFrom } from "@/lib/invitations/status";
import { codeOf } from "@/lib/links/invitation-link";
import { type Answered, only } from "@/lib/lists/bulk";
import { owe } from "@/lib/mail/outbox";
import { mayGive } from "@/lib/permissions/rights";
import { done, type Result, refused } from "@/lib/result/result";

type Renewed = { invitationId: string; memberId: string };

/** **Send new invitation** (REQ-C4) to one: see `renewEach`. */
export async function renew(
  actor: Actor,
  input: { invitation: string },
): Promise<Result<Renewed, RenewRefusal>> {
  return only(await renewEach(actor, { invitations: [input.invitation] }));
}

/**
 * **Send new invitation** (REQ-C4), only for expired ones: a new code and term, resends back to zero, the old code dead; up
 * to 100 in one transaction with one call of the provider (REQ-C9). The actor is the giver from now on, so the ceiling holds
 * for them (REQ-A3).
 */
export async function renewEach(
  actor: Actor,
  { invitations }: { invitations: readonly string[] },
): Promise<Result<Answered<Renewed, RenewRefusal>[], "rights-lost">> {
  return transaction(async (tx) => {
    const held = await hold(tx, actor, "invitations:create");
    if (!held) return refused("rights-lost");
    const { targets, spend } = await holdToSend(tx, actor, invitations);
    const hindrance = (target: Target) => {
      if (!movesFrom(target.status).includes("renew")) return refused("not-expired");
      if (!mayGive(held.rights, target, held.defaultRole)) return refused("above-you");
      if (!isDomainAllowed(target.email, held)) return refused("refused-domain");
      if (target.emailSuppression) return refused(`letters-${target.emailSuppression}`);
      const limit = spend(target.email);
      return limit && refused(limit);
    };
    return done(
      await answerEach(invitations, targets, hindrance, async (free) => {
        const made = await replace(tx, actor, held, free);
        return (target) => done({ invitationId: made.get(target.id) ?? "", memberId: target.memberId });
      }),
    );
  });
}

/** Answers the new invitations by the ids of those they replace. */
async function replace(
  tx: Tx,
  actor: Actor,
  held: Held,
  targets: readonly Target[],
): Promise<ReadonlyMap<string, string>> {
  const key = currentKey();
  const made = targets.map((target) => {
    const id = randomUUID();
    const digest = digestOf(codeOf(key, id)).toString("hex");
    const { memberId, email, role } = target;
    return { id, old: target.id, memberId, email, role, emailMessageId: randomUUID(), digest };
  });
  await tx.$executeRaw`
    UPDATE invitation SET settled_as = 'superseded', settled_at = clock_timestamp(), latest = false
    WHERE id = ANY(${made.map(({ old }) => old)}::uuid[])`;
  await tx.$executeRaw`
    WITH made AS (
      INSERT INTO invitation (id, organization_id, member_id, email, role, inviter_id, key_id, code_digest, created_at,
                              issued_at, expires_at, email_message_id)
      SELECT t.id, ${actor.organization.id}::uuid, t."memberId", t.email, t.role, ${actor.memberId}::uuid, ${key.id},
             decode(t.digest, 'hex'), clock_timestamp(), clock_timestamp(),
             clock_timestamp() + make_interval(days => ${held.expiryDays}::int), t."emailMessageId"
      FROM jsonb_to_recordset(${JSON.stringify(made)}::jsonb)
        AS t(id uuid, "memberId" uuid, email text, role text, digest text, "emailMessageId" uuid)
      RETURNING id, member_id, expires_at)
    UPDATE member m SET invitation_id = made.id, invited_until = made.expires_at, resend_count = 0, delivery = 'queued',
           delivery_detail = NULL, granted_by = ${actor.memberId}::uuid, version = m.version + 1
    FROM made WHERE m.id = made.member_id`;
  await tx.$executeRaw`
    UPDATE member_policy SET granted_by = ${actor.memberId}::uuid
    WHERE organization_id = ${actor.organization.id}::uuid AND member_id = ANY(${made.map(({ memberId }) => memberId)}::uuid[])`;
  const asked = await approveOpen(
    tx,
    actor,
    made.map(({ email }) => email),
  );
  await logActivities(
    tx,
    actor,
    "renewed",
    made.map(({ id, memberId, email }) => ({
      id,
      memberId,
      ...(asked.has(email) ? { data: { asked: "yes" } } : {}),
    })),
  );
  await owe(
    tx,
    made.map(({ id, email, emailMessageId }) => ({
      id: emailMessageId,
      kind: "new",
      to: email,
      organizationId: actor.organization.id,
      invitationId: id,
      causedBy: actor.memberId,
    })),
  );
  return new Map(made.map(({ old, id }) => [old, id]));
}
