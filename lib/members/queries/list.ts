import { type Actor, assertMay } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { statusOf } from "@/lib/invitations/status";
import type { Role } from "@/lib/members/roles";
import type { UserStatus } from "@/lib/members/status";

/** A row of Users. */
export type UserRow = {
  id: string;
  name: string;
  email: string;
  role: Role;
  policies: string[];
  status: UserStatus;
  /** False once joined without a proof of the mailbox (R D9). */
  addressConfirmed: boolean;
  /** Null: never. */
  lastActiveAt: Date | null;
  /** The open invitation of an invited or expired user, for its menu. */
  invitation: {
    id: string;
    expiresAt: Date;
    expiryDays: number;
    resendCount: number;
    resendLimit: number;
  } | null;
  now: Date;
};

export type UserPage = { rows: UserRow[]; next: string | null };

const PAGE_SIZE = 50;

/** Everybody with a place in the organization, by address; `after`: the address the page before ended with (R F1). */
export async function listUsers(actor: Actor, after?: string): Promise<UserPage> {
  assertMay(actor, "users:read");
  const rows = await selectUsers(
    actor,
    Prisma.sql`m.status <> 'removed' ${after ? Prisma.sql`AND m.email > ${after}` : Prisma.empty}`,
    PAGE_SIZE + 1,
  );
  const shown = rows.slice(0, PAGE_SIZE);
  return { rows: shown, next: rows.length > PAGE_SIZE ? (shown.at(-1)?.email ?? null) : null };
}

/** These members as rows, for the screen that has just changed them. */
export async function findUsers(actor: Actor, ids: readonly string[]): Promise<UserRow[]> {
  assertMay(actor, "users:read");
  return selectUsers(actor, Prisma.sql`m.id = ANY(${[...ids]}::uuid[])`, ids.length);
}

type Selected = Omit<UserRow, "status" | "invitation"> & {
  memberStatus: "invited" | "active" | "blocked" | "removed";
  invitationId: string | null;
  invitedUntil: Date | null;
  expiryDays: number;
  resendCount: number;
  resendLimit: number;
};

async function selectUsers(actor: Actor, where: Prisma.Sql, limit: number): Promise<UserRow[]> {
  const rows = await db().$queryRaw<Selected[]>`
    SELECT m.id, m.name, m.email, m.role, m.status AS "memberStatus", m.address_confirmed AS "addressConfirmed",
           nullif(m.last_active_at, to_timestamp(0)) AS "lastActiveAt", m.invitation_id AS "invitationId",
           m.invited_until AS "invitedUntil", o.expiry_days AS "expiryDays",
           coalesce(i.resend_count, 0) AS "resendCount", o.resend_limit AS "resendLimit", clock_timestamp() AS now,
           ARRAY(SELECT p.name FROM member_policy mp JOIN policy p ON p.id = mp.policy_id
                 WHERE mp.organization_id = m.organization_id AND mp.member_id = m.id ORDER BY p.name) AS policies
    FROM member m JOIN organization o ON o.id = m.organization_id LEFT JOIN invitation i ON i.id = m.invitation_id
    WHERE m.organization_id = ${actor.organization.id}::uuid AND ${where}
    ORDER BY m.email, m.id LIMIT ${limit}`;
  return rows.map(toRow);
}

function toRow(selected: Selected): UserRow {
  const { memberStatus, invitationId, invitedUntil, expiryDays, resendCount, resendLimit, ...row } = selected;
  // The database holds both or neither for somebody invited.
  if (!invitationId || !invitedUntil || memberStatus !== "invited")
    return { ...row, status: memberStatus as UserStatus, invitation: null };
  const status =
    statusOf({ settledAs: null, expiresAt: invitedUntil }, row.now) === "pending" ? "invited" : "expired";
  return {
    ...row,
    status,
    invitation: { id: invitationId, expiresAt: invitedUntil, expiryDays, resendCount, resendLimit },
  };
}
