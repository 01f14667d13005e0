import type { OrganizationRef } from "@/lib/auth/actor";
import { digestOf, readSecret, sameSecret } from "@/lib/crypto/codes";
import { findKey } from "@/lib/crypto/key-ring";
import { db } from "@/lib/db/client";
import { type InvitationStatus, type Settled, statusOf } from "@/lib/invitations/status";
import { proofOf, readCode } from "@/lib/links/invitation-link";
import type { Role } from "@/lib/permissions/roles";
import { countTry, inTime, waitFor } from "@/lib/rate-limits/rate-limits";
import { done, type Result, refused } from "@/lib/result/result";

/** An invitation as whoever holds its code may see it. */
export type Found = {
  id: string;
  organizationId: string;
  memberId: string;
  email: string;
  role: Role;
  status: InvitationStatus;
  expiresAt: Date;
  now: Date;
  expiryDays: number;
  organization: OrganizationRef & { supportAddress: string | null };
  inviterName: string | null;
  /** The account of the invited address, if there is one. */
  account: { id: string; confirmed: boolean } | null;
  /** The mailed link's proof came with the code: whoever asks has opened the mailbox (REQ-D9). */
  proven: boolean;
};

/**
 * Finds an invitation by its code and changes nothing. Unknown, cut and flipped codes get one neutral answer; ten of
 * them in a minute from one client IP are followed by a pause (security, Links). Good codes never count.
 */
export async function findByCode(
  ip: string,
  typed: string,
  proof?: string,
): Promise<Result<Found, "unknown-code" | "too-many">> {
  const wait = await waitFor("failed-code", ip);
  if (wait) return refused("too-many", { wait: inTime(wait) });
  const code = readCode(typed);
  const row = code ? await selectByDigest(digestOf(code)) : undefined;
  if (row) return done(toFound(row, proof));
  const [, overall] = await Promise.all([
    countTry("failed-code", ip),
    countTry("failed-code-overall", "all"),
  ]);
  return overall ? refused("too-many", { wait: inTime(overall) }) : refused("unknown-code");
}

type Row = Omit<Found, "status" | "organization" | "account" | "proven"> & {
  keyId: number;
  settledAs: Settled | null;
  slug: string;
  organizationName: string;
  supportAddress: string | null;
  accountId: string | null;
  confirmed: boolean;
};

async function selectByDigest(digest: Buffer): Promise<Row | undefined> {
  const [row] = await db().$queryRaw<Row[]>`
    SELECT i.id, i.organization_id AS "organizationId", i.member_id AS "memberId", i.email, m.role,
           i.settled_as AS "settledAs", i.expires_at AS "expiresAt", clock_timestamp() AS now, i.key_id AS "keyId",
           o.slug, o.name AS "organizationName", o.support_address AS "supportAddress",
           o.expiry_days AS "expiryDays", inviter.name AS "inviterName",
           a.id AS "accountId", a.verified_at IS NOT NULL AS confirmed
    FROM invitation i
    JOIN organization o ON o.id = i.organization_id
    JOIN member m ON m.id = i.member_id
    LEFT JOIN member inviter ON inviter.organization_id = i.organization_id AND inviter.id = i.inviter_id
    LEFT JOIN account a ON a.email = i.email
    WHERE i.code_digest = ${digest}`;
  return row;
}

function toFound(row: Row, proof: string | undefined): Found {
  const { keyId, settledAs, slug, organizationName, supportAddress, accountId, confirmed, ...rest } = row;
  const key = findKey(keyId);
  return {
    ...rest,
    status: statusOf({ settledAs, expiresAt: row.expiresAt }, row.now),
    organization: { id: row.organizationId, slug, name: organizationName, supportAddress },
    account: accountId ? { id: accountId, confirmed } : null,
    proven: key !== undefined && sameSecret(readSecret(proof ?? "") ?? "", proofOf(key, row.id)),
  };
}
