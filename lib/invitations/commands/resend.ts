import { randomUUID } from "node:crypto";
import { logActivities } from "@/lib/activity/log-activity";
import { type Actor, type Held, hold } from "@/lib/auth/actor";
import { type Tx, transaction } from "@/lib/db/client";
import { isDomainAllowed } from "@/lib/email-address/email-address";
import { answerEach, holdToSend, type Target } from "@/lib/invitations/commands/target";
import type { ResendRefusal } from "@/lib/invitations/messages";
import { movesFrom } from "@/lib/invitations/status";
import { type Answered, only } from "@/lib/lists/bulk";
import { owe } from "@/lib/mail/outbox";
import { done, type Result, refused } from "@/lib/result/result";

type Resent = { memberId: string };

/** Sends the same link again and restarts its term (REQ-C3), for one: see `resendEach`. */
export async function resend(
  actor: Actor,
  input: { invitation: string },
): Promise<Result<Resent, ResendRefusal>> {
  return only(await resendEach(actor, { invitations: [input.invitation] }));
}

/**
 * Sends the same links again and restarts their terms (REQ-C3), up to 100 in one transaction with one call of the provider
 * (REQ-C9). The limit is read at the resend and holds under parallel clicks: the members are held, and the update's own
 * condition decides. What was sent after `asOf`, the moment that the screen shows, is not sent again: a batch whose answer
 * was lost can be repeated.
 */
export async function resendEach(
  actor: Actor,
  { invitations, asOf }: { invitations: readonly string[]; asOf?: Date },
): Promise<Result<Answered<Resent, ResendRefusal>[], "rights-lost">> {
  return transaction(async (tx) => {
    const held = await hold(tx, actor, "invitations:resend");
    if (!held) return refused("rights-lost");
    const { targets, spend } = await holdToSend(tx, actor, invitations);
    const hindrance = (target: Target) => {
      if (!movesFrom(target.status).includes("resend")) return refused("not-pending");
      if (target.emailSuppression) return refused(`letters-${target.emailSuppression}`);
      if (asOf && target.issuedAt > asOf) return refused("sent-meanwhile");
      if (target.resendCount >= held.resendLimit)
        return refused("resend-limit", { used: target.resendCount, limit: held.resendLimit });
      if (!isDomainAllowed(target.email, held)) return refused("refused-domain");
      const limit = spend(target.email);
      return limit && refused(limit);
    };
    return done(
      await answerEach(invitations, targets, hindrance, async (free) => {
        const sent = await send(tx, actor, held, free);
        return (target) =>
          sent.has(target.id) ? done({ memberId: target.memberId }) : refused("not-pending");
      }),
    );
  });
}

/** Answers which of them were sent: the last moment of one may have passed. */
async function send(
  tx: Tx,
  actor: Actor,
  held: Held,
  targets: readonly Target[],
): Promise<ReadonlySet<string>> {
  const letters = new Map(targets.map(({ id }) => [id, randomUUID()]));
  const rows = await tx.$queryRaw<{ id: string }[]>`
    WITH i AS (
      UPDATE invitation i SET resend_count = i.resend_count + 1, issued_at = clock_timestamp(), email_message_id = t.email_message_id,
             expires_at = clock_timestamp() + make_interval(days => ${held.expiryDays}::int), delivery = 'queued',
             delivery_detail = NULL, reminded_at = NULL
      FROM unnest(${[...letters.keys()]}::uuid[], ${[...letters.values()]}::uuid[]) AS t(id, email_message_id)
      WHERE i.id = t.id AND i.settled_as IS NULL AND i.expires_at > clock_timestamp()
        AND i.resend_count < ${held.resendLimit}
      RETURNING i.id, i.member_id, i.expires_at, i.resend_count),
    m AS (
      UPDATE member m SET invited_until = i.expires_at, resend_count = i.resend_count, delivery = 'queued',
             delivery_detail = NULL, version = m.version + 1
      FROM i WHERE m.id = i.member_id)
    SELECT id FROM i`;
  const ids = new Set(rows.map(({ id }) => id));
  const sent = targets.filter(({ id }) => ids.has(id));
  await logActivities(
    tx,
    actor,
    "resent",
    sent.map(({ id, memberId, resendCount }) => ({
      id,
      memberId,
      data: { count: resendCount + 1, limit: held.resendLimit },
    })),
  );
  await owe(
    tx,
    sent.map((target) => ({
      id: letters.get(target.id) ?? "",
      kind: "resent",
      to: target.email,
      organizationId: actor.organization.id,
      invitationId: target.id,
      causedBy: actor.memberId,
    })),
  );
  return ids;
}
