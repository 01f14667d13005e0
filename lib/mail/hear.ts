import { type Tx, transaction } from "@/lib/db/client";
import { type Bounce, bounceReason, isHard, type Stop } from "@/lib/mail/bounces";
import { type EventType, type LetterEvent, stateAfter } from "@/lib/mail/events";

/**
 * Notes what the provider tells of the letter with this id, once, and moves the letter, its invitation, its member and
 * the timeline with it, at once. Told again it changes nothing. What is told of no letter we know (any more) is kept without a word of
 * its contents: they may name somebody who was erased.
 */
export function hear(event: LetterEvent, emailMessageId: string | null): Promise<void> {
  return transaction(async (tx) => {
    const letter = emailMessageId ? await holdLetter(tx, emailMessageId) : null;
    if (!(await keep(tx, event, letter)) || !letter) return;
    const events = await eventsOf(tx, letter.id);
    await move(tx, letter.id, events);
    const isFirst = events.filter(({ type }) => type === event.type).length === 1;
    if (!letter.memberId) return;
    if (isFirst) await tell(tx, letter, event);
    const why = stopOf(event);
    if (why) await stop(tx, letter.memberId, why);
  });
}

type HeldLetter = {
  id: string;
  organizationId: string | null;
  invitationId: string | null;
  memberId: string | null;
};

/**
 * Takes the letter, so that what is told of it at once is heard one after the other; before it the member with its address,
 * as everywhere (lock order: member, then their letters and invitations). The invited one may have moved to another address
 * since: both are taken.
 */
async function holdLetter(tx: Tx, id: string): Promise<HeldLetter | null> {
  const members = await tx.$queryRaw<{ id: string; isAddressed: boolean }[]>`
    SELECT m.id, m.email = l.to_address AS "isAddressed"
    FROM email_message l CROSS JOIN LATERAL (
      SELECT id FROM member WHERE organization_id = l.organization_id AND email = l.to_address
      UNION SELECT member_id FROM invitation WHERE id = l.invitation_id) concerned
    JOIN member m ON m.id = concerned.id
    WHERE l.id = ${id}::uuid ORDER BY m.email COLLATE "C" FOR NO KEY UPDATE OF m`;
  const [letter] = await tx.$queryRaw<Omit<HeldLetter, "memberId">[]>`
    SELECT id, organization_id AS "organizationId", invitation_id AS "invitationId" FROM email_message
    WHERE id = ${id}::uuid FOR UPDATE`;
  const addressed = members.find(({ isAddressed }) => isAddressed);
  return letter ? { ...letter, memberId: addressed?.id ?? null } : null;
}

/** False: it was kept before. */
async function keep(tx: Tx, { id, type, at, ...data }: LetterEvent, letter: HeldLetter | null) {
  const kept = await tx.$executeRaw`
    INSERT INTO delivery_event (id, email_message_id, type, at, data)
    VALUES (${id}, ${letter?.id ?? null}::uuid, ${type}, ${at}, ${JSON.stringify(letter ? data : {})}::jsonb)
    ON CONFLICT (id) DO NOTHING`;
  return kept > 0;
}

async function eventsOf(tx: Tx, emailMessageId: string): Promise<LetterEvent[]> {
  const rows = await tx.deliveryEvent.findMany({
    where: { emailMessageId },
    select: { id: true, type: true, at: true, data: true },
  });
  return rows.map(({ id, type, at, data }) => ({
    id,
    type: type as EventType,
    at,
    ...(data as { bounce?: Bounce; reason?: string }),
  }));
}

/** The provider knows better than our own note of the call, whatever that was. */
async function move(tx: Tx, emailMessageId: string, events: readonly LetterEvent[]): Promise<void> {
  const after = stateAfter(events);
  if (!after) return;
  await tx.$executeRaw`
    WITH moved AS (
      UPDATE email_message SET state = ${after.state}, detail = ${after.detail},
        state_at = CASE WHEN (state, detail) IS NOT DISTINCT FROM (${after.state}, ${after.detail}::text)
          THEN state_at ELSE clock_timestamp() END
      WHERE id = ${emailMessageId}::uuid RETURNING id, invitation_id),
    i AS (
      -- By the invitation's own key: its email_message_id has no index.
      UPDATE invitation i SET delivery = ${after.state}, delivery_detail = ${after.detail}
      FROM moved WHERE i.id = moved.invitation_id AND i.email_message_id = moved.id
      RETURNING i.id, i.member_id, i.delivery, i.delivery_detail)
    UPDATE member m SET delivery = i.delivery, delivery_detail = i.delivery_detail
    FROM i WHERE m.id = i.member_id AND m.invitation_id = i.id`;
}

/** The timeline tells once that a letter came back, or that its reader called it spam (REQ-C11): why, never to where. */
async function tell(tx: Tx, letter: HeldLetter, { type, bounce }: LetterEvent): Promise<void> {
  if (type !== "bounced" && type !== "complained") return;
  const data = bounce ? { reason: bounceReason(bounce), hard: String(isHard(bounce)) } : {};
  await tx.$executeRaw`
    INSERT INTO activity (organization_id, member_id, invitation_id, type, at, data)
    VALUES (${letter.organizationId}::uuid, ${letter.memberId}::uuid, ${letter.invitationId}::uuid, ${type},
            clock_timestamp(), ${JSON.stringify(data)}::jsonb)`;
}

/** Is it the end of letters to this address? A complaint is, and a bounce that nothing will mend. */
function stopOf({ type, bounce }: LetterEvent): Stop | null {
  if (type === "complained") return "complained";
  return bounce && isHard(bounce) ? "bounced" : null;
}

/** The address gets no invitation from this organization until somebody allows it again; a complaint counts for more. */
async function stop(tx: Tx, memberId: string, why: Stop): Promise<void> {
  await tx.$executeRaw`
    WITH stopped AS (
      UPDATE member SET email_suppression = CASE WHEN email_suppression = 'complained' THEN email_suppression ELSE ${why} END
      WHERE id = ${memberId}::uuid RETURNING invitation_id, email_suppression)
    UPDATE invitation i SET email_suppression = stopped.email_suppression FROM stopped WHERE i.id = stopped.invitation_id`;
}
