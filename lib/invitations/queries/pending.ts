import type { OrganizationRef } from "@/lib/auth/actor";
import type { SignedInAccount } from "@/lib/auth/session";
import { db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { InvitationByCode } from "@/lib/invitations/queries/by-code";

/** A pending invitation as its invitee sees it after confirming the address; no code is needed. */
export type PendingInvitation = Pick<
  InvitationByCode,
  "id" | "organizationId" | "memberId" | "email" | "role" | "expiresAt" | "now" | "inviterName" | "account"
> & { organization: OrganizationRef };

/**
 * Returns the pending invitations of the account in all organizations, by organization name. An account with
 * an unconfirmed address gets none, because the address may belong to another person (REQ-D9).
 */
export async function listPendingInvitations({
  email,
  confirmed,
}: SignedInAccount): Promise<PendingInvitation[]> {
  return confirmed ? selectPendingInvitations(email, Prisma.empty) : [];
}

/**
 * Returns a pending invitation of the account by its id; null if it is for another address or no longer
 * pending.
 */
export async function findPendingInvitation(
  { email, confirmed }: SignedInAccount,
  invitation: string,
): Promise<PendingInvitation | null> {
  if (!confirmed) return null;
  const [pending] = await selectPendingInvitations(email, Prisma.sql`AND i.id = ${invitation}::uuid`);
  return pending ?? null;
}

/** Returns the pending invitation in one organization for an address that was just confirmed. */
export async function findPendingInvitationIn(
  slug: string,
  email: string,
): Promise<PendingInvitation | null> {
  const [pending] = await selectPendingInvitations(email, Prisma.sql`AND o.slug = ${slug}`);
  return pending ?? null;
}

type Row = Omit<PendingInvitation, "organization" | "account"> & {
  slug: string;
  organizationName: string;
  accountId: string | null;
  confirmed: boolean;
};

async function selectPendingInvitations(email: string, condition: Prisma.Sql): Promise<PendingInvitation[]> {
  const rows = await db().$queryRaw<Row[]>`
    SELECT i.id, i.organization_id AS "organizationId", i.member_id AS "memberId", i.email, m.role,
           i.expires_at AS "expiresAt", clock_timestamp() AS now, inviter.name AS "inviterName",
           o.slug, o.name AS "organizationName", a.id AS "accountId", a.verified_at IS NOT NULL AS confirmed
    FROM invitation i
    JOIN organization o ON o.id = i.organization_id
    JOIN member m ON m.id = i.member_id
    LEFT JOIN member inviter ON inviter.organization_id = i.organization_id AND inviter.id = i.inviter_id
    LEFT JOIN account a ON a.email = i.email
    WHERE i.email = ${email} AND i.settled_as IS NULL AND i.expires_at > clock_timestamp() ${condition}
    ORDER BY lower(o.name), o.slug`;
  return rows.map(({ slug, organizationName, accountId, confirmed, ...invitation }) => ({
    ...invitation,
    organization: { id: invitation.organizationId, slug, name: organizationName },
    account: accountId ? { id: accountId, confirmed } : null,
  }));
}

/**
 * Returns the path to open after a login without a return address: `/` if an invitation is pending, otherwise
 * the organization of the login page if the account is an active member, otherwise `/`.
 */
export async function findLandingPath(accountId: string, slug: string | null | undefined): Promise<string> {
  const [row] = await db().$queryRaw<{ isMember: boolean; isInvited: boolean }[]>`
    SELECT EXISTS (SELECT FROM member m JOIN organization o ON o.id = m.organization_id
                   WHERE o.slug = ${slug ?? null} AND m.account_id = a.id AND m.status = 'active') AS "isMember",
           a.verified_at IS NOT NULL AND EXISTS (
             SELECT FROM invitation i WHERE i.email = a.email AND i.settled_as IS NULL
               AND i.expires_at > clock_timestamp()) AS "isInvited"
    FROM account a WHERE a.id = ${accountId}::uuid`;
  return row?.isMember && !row.isInvited ? `/o/${slug}` : "/";
}
