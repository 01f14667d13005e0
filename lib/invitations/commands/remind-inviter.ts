import { randomUUID } from "node:crypto";
import { findRights } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db/client";
import { findFull, takeTurn } from "@/lib/invitations/commands/daily-limits";
import { owe } from "@/lib/letters/outbox";

export type Inviter = { memberId: string; email: string };

/**
 * Who invited, with the limit of letters to them held, so that of many who join at once one causes a reminder. Called
 * before the member is locked (decision 0003). Null: the installation itself, or somebody who was erased.
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
 * Reminds the inviter to assign access policies to the Member who has just joined without any (R B8): while they are
 * active and may assign, once a day in this organization. It is one of the five letters that an address gets a day; to
 * somebody who had theirs none is owed, because Users marks who lacks a policy all the same.
 */
export async function remindInviter(
  tx: Tx,
  organizationId: string,
  inviter: Inviter,
  joined: string,
): Promise<void> {
  const [due] = await tx.$queryRaw<unknown[]>`
    SELECT FROM member m
    WHERE m.id = ${joined}::uuid AND m.role = 'member'
      AND NOT EXISTS (SELECT FROM member_policy mp WHERE mp.organization_id = m.organization_id AND mp.member_id = m.id)
      AND NOT EXISTS (SELECT FROM letter l WHERE l.to_address = ${inviter.email}
        AND l.created_at > clock_timestamp() - interval '1 day' AND l.kind = 'assign-policies'
        AND l.organization_id = ${organizationId}::uuid)`;
  if (!due) return;
  const rights = await findRights(tx, organizationId, inviter.memberId);
  if (!rights?.permissions.has("roles:assign")) return;
  if ((await findFull(tx, [inviter.email])).has(inviter.email)) return;
  await owe(tx, [
    { id: randomUUID(), kind: "assign-policies", to: inviter.email, organizationId, causedBy: joined },
  ]);
}
