import type { Actor } from "@/lib/auth/actor";
import { assertMay } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { InvitationStatus, Settled } from "@/lib/invitations/status";
import { statusOf, UNDO_MINUTES } from "@/lib/invitations/status";
import type { LetterState } from "@/lib/letters/states";
import type { Role } from "@/lib/members/roles";

/** A row of Invitations. It holds no code: Copy fetches it on demand (R C5). */
export type InvitationRow = {
  id: string;
  memberId: string;
  email: string;
  status: InvitationStatus;
  role: Role;
  resendCount: number;
  resendLimit: number;
  expiryDays: number;
  issuedAt: Date;
  expiresAt: Date;
  settledAt: Date | null;
  delivery: LetterState;
  deliveryDetail: string | null;
  inviterName: string | null;
  /** Until when its revocation can be undone; null: it is not revoked (R C6). */
  undoUntil: Date | null;
  /** The database's clock when the row was read: ring and times are counted from it. */
  now: Date;
};

export type InvitationPage = { rows: InvitationRow[]; next: string | null };

export const PAGE_SIZE = 50;

/** The open invitations, latest sent first (R C9: by default the open ones). `after`: the cursor of the page before. */
export async function listInvitations(actor: Actor, after?: string): Promise<InvitationPage> {
  assertMay(actor, "invitations:read");
  const cursor = readCursor(after);
  const rows = await selectInvitations(
    actor,
    Prisma.sql`i.settled_as IS NULL AND m.invitation_id = i.id
      ${cursor ? Prisma.sql`AND (i.issued_at, i.id) < (${cursor.at}::timestamptz, ${cursor.id}::uuid)` : Prisma.empty}`,
    PAGE_SIZE + 1,
  );
  const shown = rows.slice(0, PAGE_SIZE);
  const last = rows.length > PAGE_SIZE ? shown.at(-1) : undefined;
  return { rows: shown, next: last ? `${last.issuedAt.toISOString()}_${last.id}` : null };
}

/** These invitations as rows, for the screen that has just changed them. */
export async function findInvitations(actor: Actor, ids: readonly string[]): Promise<InvitationRow[]> {
  assertMay(actor, "invitations:read");
  return selectInvitations(actor, Prisma.sql`i.id = ANY(${[...ids]}::uuid[])`, ids.length);
}

async function selectInvitations(actor: Actor, where: Prisma.Sql, limit: number): Promise<InvitationRow[]> {
  const rows = await db().$queryRaw<(Omit<InvitationRow, "status"> & { settledAs: Settled | null })[]>`
    SELECT i.id, i.member_id AS "memberId", i.email, i.role, i.resend_count AS "resendCount",
           o.resend_limit AS "resendLimit", o.expiry_days AS "expiryDays", i.issued_at AS "issuedAt",
           i.expires_at AS "expiresAt", i.settled_as AS "settledAs", i.settled_at AS "settledAt", i.delivery,
           i.delivery_detail AS "deliveryDetail", inviter.name AS "inviterName",
           CASE WHEN i.settled_as = 'revoked' AND m.invitation_id = i.id AND m.status = 'removed'
             THEN least(i.settled_at + make_interval(mins => ${UNDO_MINUTES}::int), i.expires_at) END AS "undoUntil",
           clock_timestamp() AS now
    FROM invitation i
    JOIN organization o ON o.id = i.organization_id
    JOIN member m ON m.id = i.member_id
    LEFT JOIN member inviter ON inviter.organization_id = i.organization_id AND inviter.id = i.inviter_id
    WHERE i.organization_id = ${actor.organization.id}::uuid AND ${where}
    ORDER BY i.issued_at DESC, i.id DESC LIMIT ${limit}`;
  return rows.map(({ settledAs, ...row }) => ({
    ...row,
    status: statusOf({ settledAs, expiresAt: row.expiresAt }, row.now),
  }));
}

function readCursor(after: string | undefined): { at: string; id: string } | null {
  const match = after?.match(/^(\d{4}-\d\d-\d\dT[\d:.]+Z)_([0-9a-f-]{36})$/);
  return match?.[1] && match[2] ? { at: match[1], id: match[2] } : null;
}

/** How many are open, at most `cap`: tabs show "10,000+" beyond it and never count a million. */
export async function countOpenInvitations(actor: Actor, cap = 10_000): Promise<number> {
  const [row] = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT FROM invitation WHERE organization_id = ${actor.organization.id}::uuid AND settled_as IS NULL
      LIMIT ${cap + 1}) open`;
  return row?.count ?? 0;
}
