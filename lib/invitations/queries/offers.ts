import type { OrganizationRef } from "@/lib/auth/actor";
import type { SignedIn } from "@/lib/auth/session";
import { db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { Found } from "@/lib/invitations/queries/by-code";

/** A pending invitation as the person it is for may see it, who has proven the mailbox and needs no code. */
export type Offer = Pick<
  Found,
  "id" | "organizationId" | "memberId" | "email" | "role" | "expiresAt" | "now" | "inviterName" | "account"
> & { organization: OrganizationRef };

/**
 * What waits for somebody who is signed in, in whichever organizations, by their names. An account whose address is not
 * confirmed sees none: it may be another person's (REQ-D9).
 */
export async function listOffers({ email, confirmed }: SignedIn): Promise<Offer[]> {
  return confirmed ? selectOffers(email, Prisma.empty) : [];
}

/** One of them by its invitation's id; null: it is none of theirs, or waits no more. */
export async function findOffer({ email, confirmed }: SignedIn, invitation: string): Promise<Offer | null> {
  if (!confirmed) return null;
  const [offer] = await selectOffers(email, Prisma.sql`AND i.id = ${invitation}::uuid`);
  return offer ?? null;
}

/** What waits in one organization for an address that was proven just now. */
export async function findOfferAt(slug: string, email: string): Promise<Offer | null> {
  const [offer] = await selectOffers(email, Prisma.sql`AND o.slug = ${slug}`);
  return offer ?? null;
}

type Row = Omit<Offer, "organization" | "account"> & {
  slug: string;
  organizationName: string;
  accountId: string | null;
  confirmed: boolean;
};

async function selectOffers(email: string, which: Prisma.Sql): Promise<Offer[]> {
  const rows = await db().$queryRaw<Row[]>`
    SELECT i.id, i.organization_id AS "organizationId", i.member_id AS "memberId", i.email, m.role,
           i.expires_at AS "expiresAt", clock_timestamp() AS now, inviter.name AS "inviterName",
           o.slug, o.name AS "organizationName", a.id AS "accountId", a.verified_at IS NOT NULL AS confirmed
    FROM invitation i
    JOIN organization o ON o.id = i.organization_id
    JOIN member m ON m.id = i.member_id
    LEFT JOIN member inviter ON inviter.organization_id = i.organization_id AND inviter.id = i.inviter_id
    LEFT JOIN account a ON a.email = i.email
    WHERE i.email = ${email} AND i.settled_as IS NULL AND i.expires_at > clock_timestamp() ${which}
    ORDER BY lower(o.name), o.slug`;
  return rows.map(({ slug, organizationName, accountId, confirmed, ...rest }) => ({
    ...rest,
    organization: { id: rest.organizationId, slug, name: organizationName },
    account: accountId ? { id: accountId, confirmed } : null,
  }));
}

/**
 * Where somebody lands who has signed in and came from nowhere: at what waits for them, else in the organization whose
 * login page it was, if they have a place there; else at the start, which knows where to go.
 */
export async function findLanding(accountId: string, slug: string | null | undefined): Promise<string> {
  const [row] = await db().$queryRaw<{ here: boolean; offered: boolean }[]>`
    SELECT EXISTS (SELECT FROM member m JOIN organization o ON o.id = m.organization_id
                   WHERE o.slug = ${slug ?? null} AND m.account_id = a.id AND m.status = 'active') AS here,
           a.verified_at IS NOT NULL AND EXISTS (
             SELECT FROM invitation i WHERE i.email = a.email AND i.settled_as IS NULL
               AND i.expires_at > clock_timestamp()) AS offered
    FROM account a WHERE a.id = ${accountId}::uuid`;
  return row?.here && !row.offered ? `/o/${slug}` : "/";
}
