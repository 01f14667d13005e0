import { type Tx, transaction } from "@/lib/db/client";
import { COPY_EMAIL_STATUS, copyEmailSuppression } from "@/lib/db/copies";
import { lockEmail, lockMembersOfEmail } from "@/lib/db/locks";
import { type Bounce, bounceReason, type EmailSuppression, isPermanentBounce } from "@/lib/mail/bounces";
import { type DeliveryEvent, type DeliveryEventType, statusAfterEvents } from "@/lib/mail/delivery-events";

/**
 * Stores a delivery event and updates the email with this id, its invitation, its member and the timeline in one
 * transaction. Idempotent: a repeated event changes nothing. An event about an unknown email is stored without its data,
 * which may contain the address of an erased person.
 */
export function applyDeliveryEvent(event: DeliveryEvent, emailMessageId: string | null): Promise<void> {
  return transaction(async (tx) => {
    const message = emailMessageId ? await lockMessage(tx, emailMessageId) : null;
    if (!(await insertEvent(tx, event, message)) || !message) return;
    const events = await findEvents(tx, message.id);
    await updateDelivery(tx, message.id, events);
    const isFirst = events.filter(({ type }) => type === event.type).length === 1;
    if (!message.memberId) return;
    if (isFirst) await logBounceOrComplaint(tx, message, event);
    const suppression = suppressionAfter(event);
    if (suppression) await suppressEmails(tx, message.memberId, suppression);
  });
}

type LockedMessage = {
  id: string;
  organizationId: string | null;
  invitationId: string | null;
  memberId: string | null;
};

/**
 * Locks the email, so that concurrent events about it are applied one at a time. Members are locked before it (lock
 * order: members, then their emails and invitations): the member with the address of the email, and the invited member,
 * whose address may have changed since. `memberId` is the member with the address.
 */
async function lockMessage(tx: Tx, id: string): Promise<LockedMessage | null> {
  const memberId = await lockMembersOfEmail(tx, id);
  const message = await lockEmail(tx, id);
  return message && { ...message, memberId };
}

/** Stores an event. Returns false if it was stored before. */
async function insertEvent(tx: Tx, { id, type, at, ...data }: DeliveryEvent, message: LockedMessage | null) {
  const inserted = await tx.$executeRaw`
    INSERT INTO delivery_event (id, email_message_id, type, at, data)
    VALUES (${id}, ${message?.id ?? null}::uuid, ${type}, ${at}, ${JSON.stringify(message ? data : {})}::jsonb)
    ON CONFLICT (id) DO NOTHING`;
  return inserted > 0;
}

async function findEvents(tx: Tx, emailMessageId: string): Promise<DeliveryEvent[]> {
  const rows = await tx.deliveryEvent.findMany({
    where: { emailMessageId },
    select: { id: true, type: true, at: true, data: true },
  });
  return rows.map(({ id, type, at, data }) => ({
    id,
    type: type as DeliveryEventType,
    at,
    ...(data as { bounce?: Bounce; reason?: string }),
  }));
}

/**
 * Updates the status of the email, regardless of its current value: events are more reliable than the result of the
 * call.
 */
async function updateDelivery(
  tx: Tx,
  emailMessageId: string,
  events: readonly DeliveryEvent[],
): Promise<void> {
  const after = statusAfterEvents(events);
  if (!after) return;
  await tx.$executeRaw`
    WITH changed AS (
      UPDATE email_message SET state = ${after.state}, detail = ${after.detail},
        state_at = CASE WHEN (state, detail) IS NOT DISTINCT FROM (${after.state}, ${after.detail}::text)
          THEN state_at ELSE clock_timestamp() END
      WHERE id = ${emailMessageId}::uuid RETURNING id, invitation_id, state, detail),
    ${COPY_EMAIL_STATUS}`;
}

/** Logs a bounce with its reason, or a complaint, in the timeline (REQ-C11). The entry does not contain the address. */
async function logBounceOrComplaint(
  tx: Tx,
  message: LockedMessage,
  { type, bounce }: DeliveryEvent,
): Promise<void> {
  if (type !== "bounced" && type !== "complained") return;
  const data = bounce ? { reason: bounceReason(bounce), hard: String(isPermanentBounce(bounce)) } : {};
  await tx.$executeRaw`
    INSERT INTO activity (organization_id, member_id, invitation_id, type, at, data)
    VALUES (${message.organizationId}::uuid, ${message.memberId}::uuid, ${message.invitationId}::uuid, ${type},
            clock_timestamp(), ${JSON.stringify(data)}::jsonb)`;
}

/** Returns why emails to the address are paused after this event, or null: a complaint, or a permanent bounce. */
function suppressionAfter({ type, bounce }: DeliveryEvent): EmailSuppression | null {
  if (type === "complained") return "complained";
  return bounce && isPermanentBounce(bounce) ? "bounced" : null;
}

/** Pauses invitations to a member until an admin resumes them. A complaint is never replaced by a bounce. */
async function suppressEmails(tx: Tx, memberId: string, suppression: EmailSuppression): Promise<void> {
  await tx.member.updateMany({
    where: { id: memberId, OR: [{ emailSuppression: null }, { emailSuppression: { not: "complained" } }] },
    data: { emailSuppression: suppression },
  });
  await copyEmailSuppression(tx, memberId);
}
