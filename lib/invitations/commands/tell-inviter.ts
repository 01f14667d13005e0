import { randomUUID } from "node:crypto";
import { findRights } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db/client";
import { owe } from "@/lib/mail/outbox";
import { FOR_NEWS, findFull, takeTurn } from "@/lib/mail/quota";
import type { Rights } from "@/lib/permissions/rights";

export type Inviter = { memberId: string; email: string };

/** What an inviter is told of. `member` is who answered. */
export type Answer = { organizationId: string; invitationId: string; member: string };

/**
 * Who invited, with the limit of letters to them held, so that of many who answer at once they count one after the other.
 * Called before the member is locked (decision 0003). Null: the installation itself, or somebody who was erased.
 */
export async function holdInviter(tx: Tx, invitation: string): Promise<Inviter | null> {
  const [inviter] = await tx.$queryRaw<Inviter[]>`
    SELECT m.id AS "memberId", m.email FROM invitation i
    JOIN member m ON m.organization_id = i.organization_id AND m.id = i.inviter_id WHERE i.id = ${invitation}::uuid`;
  if (!inviter) return null;
  await takeTurn(tx, [inviter.email]);
  return inviter;
}

/**
 * Tells the inviter that somebody joined, in one letter: a reminder to assign access policies where the Member has none
 * (REQ-B8), else the news alone.
 */
export async function tellOfJoin(tx: Tx, inviter: Inviter, answer: Answer): Promise<void> {
  const rights = await rightsToHear(tx, inviter, answer);
  if (!rights) return;
  const kind = (await isToRemind(tx, inviter, answer, rights)) ? "assign-policies" : "accepted";
  await tell(tx, inviter, answer, kind);
}

/** Tells the inviter that somebody declined, and why if they said so (REQ-D4). */
export async function tellOfDecline(tx: Tx, inviter: Inviter, answer: Answer): Promise<void> {
  if (await rightsToHear(tx, inviter, answer)) await tell(tx, inviter, answer, "declined");
}

/**
 * News goes to whoever is still active, and is never worth the last letters of a day: those are kept for what an address
 * asks for itself. The timeline and Users tell all of it. Null: no letter.
 */
async function rightsToHear(tx: Tx, inviter: Inviter, { organizationId }: Answer): Promise<Rights | null> {
  const full = await findFull(tx, [inviter.email], FOR_NEWS);
  return full.has(inviter.email) ? null : findRights(tx, organizationId, inviter.memberId);
}

/** Has a Member joined without any policy whom the inviter may assign one, and were they not reminded today? */
async function isToRemind(
  tx: Tx,
  inviter: Inviter,
  { organizationId, member }: Answer,
  rights: Rights,
): Promise<boolean> {
  if (!rights.permissions.has("roles:assign")) return false;
  const due = await tx.$queryRaw<unknown[]>`
    SELECT FROM member m
    WHERE m.id = ${member}::uuid AND m.role = 'member'
      AND NOT EXISTS (SELECT FROM member_policy mp WHERE mp.organization_id = m.organization_id AND mp.member_id = m.id)
      AND NOT EXISTS (SELECT FROM email_message l WHERE l.to_address = ${inviter.email}
        AND l.created_at > clock_timestamp() - interval '1 day' AND l.kind = 'assign-policies'
        AND l.organization_id = ${organizationId}::uuid)`;
  return due.length > 0;
}

async function tell(
  tx: Tx,
  { email }: Inviter,
  { organizationId, invitationId, member }: Answer,
  kind: "assign-policies" | "accepted" | "declined",
): Promise<void> {
  await owe(tx, [{ id: randomUUID(), kind, to: email, organizationId, invitationId, causedBy: member }]);
}
