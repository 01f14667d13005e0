import { type Tx, transaction } from "@/lib/db/client";
import { type Bounce, bounceReason, isHard, type Stop } from "@/lib/letters/bounces";
import { type EventType, type LetterEvent, stateAfter } from "@/lib/letters/events";

/**
 * Notes what the provider tells of the letter with this id, once, and moves the letter, its invitation and the timeline
 * with it, at once. Told again it changes nothing. What is told of no letter we know (any more) is kept without a word of
 * its contents: they may name somebody who was erased.
 */
export function hear(event: LetterEvent, letterId: string | null): Promise<void> {
  return transaction(async (tx) => {
    const letter = letterId ? await holdLetter(tx, letterId) : null;
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
 * as everywhere (lock order: member, then their letters and invitations).
 */
async function holdLetter(tx: Tx, id: string): Promise<HeldLetter | null> {
  const [member] = await tx.$queryRaw<{ id: string }[]>`
    SELECT m.id FROM letter l JOIN member m ON m.organization_id = l.organization_id AND m.email = l.to_address
    WHERE l.id = ${id}::uuid FOR NO KEY UPDATE OF m`;
  const [letter] = await tx.$queryRaw<Omit<HeldLetter, "memberId">[]>`
    SELECT id, organization_id AS "organizationId", invitation_id AS "invitationId" FROM letter
    WHERE id = ${id}::uuid FOR UPDATE`;
  return letter ? { ...letter, memberId: member?.id ?? null } : null;
}

/** False: it was kept before. */
async function keep(tx: Tx, { id, type, at, ...data }: LetterEvent, letter: HeldLetter | null) {
  const kept = await tx.$executeRaw`
    INSERT INTO letter_event (id, letter_id, type, at, data)
    VALUES (${id}, ${letter?.id ?? null}::uuid, ${type}, ${at}, ${JSON.stringify(letter ? data : {})}::jsonb)
    ON CONFLICT (id) DO NOTHING`;
  return kept > 0;
}

async function eventsOf(tx: Tx, letterId: string): Promise<LetterEvent[]> {
  const rows = await tx.letterEvent.findMany({
    where: { letterId },
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
async function move(tx: Tx, letterId: string, events: readonly LetterEvent[]): Promise<void> {
  const after = stateAfter(events);
  if (!after) return;
  await tx.$executeRaw`
    WITH moved AS (
      UPDATE letter SET state = ${after.state}, detail = ${after.detail},
        state_at = CASE WHEN (state, detail) IS NOT DISTINCT FROM (${after.state}, ${after.detail}::text)
          THEN state_at ELSE clock_timestamp() END
      WHERE id = ${letterId}::uuid RETURNING id)
    UPDATE invitation i SET delivery = ${after.state}, delivery_detail = ${after.detail}
    FROM moved WHERE i.letter_id = moved.id`;
}

/** The timeline tells once that a letter came back, or that its reader called it spam (R C11): why, never to where. */
async function tell(tx: Tx, letter: HeldLetter, { type, bounce }: LetterEvent): Promise<void> {
  if (type !== "bounced" && type !== "complained") return;
  const data = bounce ? { reason: bounceReason(bounce), hard: String(isHard(bounce)) } : {};
  await tx.$executeRaw`
    INSERT INTO activity (organization_id, member_id, invitation_id, what, at, data)
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
      UPDATE member SET letters_stopped = CASE WHEN letters_stopped = 'complained' THEN letters_stopped ELSE ${why} END
      WHERE id = ${memberId}::uuid RETURNING invitation_id, letters_stopped)
    UPDATE invitation i SET letters_stopped = stopped.letters_stopped FROM stopped WHERE i.id = stopped.invitation_id`;
}
