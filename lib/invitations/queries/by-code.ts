import type { OrganizationRef } from "@/lib/auth/actor";
import { constantTimeEqual, parseCode, sha256 } from "@/lib/crypto/codes";
import { findKey } from "@/lib/crypto/key-ring";
import { db } from "@/lib/db/client";
import { type InvitationStatus, invitationStatusOf, type Resolution } from "@/lib/invitations/status";
import { deriveMailboxProof, parseInvitationCode } from "@/lib/links/invitation-link";
import type { Role } from "@/lib/permissions/roles";
import { consumeRateLimit, retryAfter } from "@/lib/rate-limits/rate-limits";
import { done, type Result, refused } from "@/lib/result/result";

/** An invitation as a visitor with its code may see it. */
export type InvitationByCode = {
  id: string;
  organizationId: string;
  memberId: string;
  email: string;
  /** The name that the inviter gave; empty if none. */
  name: string;
  role: Role;
  language: string;
  status: InvitationStatus;
  expiresAt: Date;
  now: Date;
  expiryDays: number;
  organization: OrganizationRef & { supportAddress: string | null; language: string };
  inviterName: string | null;
  /** The account of the invited address; null if there is none. */
  account: { id: string; confirmed: boolean } | null;
  /**
   * True if the code came with the proof of the emailed link, so the visitor has access to the mailbox
   * (REQ-D9).
   */
  proven: boolean;
};

/**
 * Finds an invitation by its code; changes nothing but the rate limit. Unknown, truncated and altered codes
 * get the same refusal (S-LINK-3). Ten of them per minute from one client IP are followed by a pause; valid
 * codes are not counted (S-LINK-5).
 */
export async function findInvitationByCode(
  ip: string,
  typed: string,
  proof?: string,
): Promise<Result<InvitationByCode, "unknown-code" | "too-many">> {
  const wait = await retryAfter("failed-code", ip);
  if (wait) return refused("too-many", { wait: { seconds: wait } });
  const code = parseInvitationCode(typed);
  const row = code ? await selectByDigest(sha256(code)) : undefined;
  if (row) return done(toInvitationByCode(row, proof));
  const [, globalWait] = await Promise.all([
    consumeRateLimit("failed-code", ip),
    consumeRateLimit("failed-code-overall", "all"),
  ]);
  return globalWait ? refused("too-many", { wait: { seconds: globalWait } }) : refused("unknown-code");
}

type Row = Omit<InvitationByCode, "status" | "organization" | "account" | "proven"> & {
  keyId: number;
  settledAs: Resolution | null;
  slug: string;
  organizationName: string;
  supportAddress: string | null;
  organizationLanguage: string;
  accountId: string | null;
  confirmed: boolean;
};

async function selectByDigest(digest: Buffer): Promise<Row | undefined> {
  const [row] = await db().$queryRaw<Row[]>`
    SELECT i.id, i.organization_id AS "organizationId", i.member_id AS "memberId", i.email, i.name, m.role, i.language,
           i.settled_as AS "settledAs", i.expires_at AS "expiresAt", clock_timestamp() AS now, i.key_id AS "keyId",
           o.slug, o.name AS "organizationName", o.support_address AS "supportAddress",
           o.language AS "organizationLanguage",
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

function toInvitationByCode(row: Row, proof: string | undefined): InvitationByCode {
  const {
    keyId,
    settledAs,
    slug,
    organizationName,
    supportAddress,
    organizationLanguage,
    accountId,
    confirmed,
    ...invitation
  } = row;
  const key = findKey(keyId);
  return {
    ...invitation,
    status: invitationStatusOf({ settledAs, expiresAt: row.expiresAt }, row.now),
    organization: {
      id: row.organizationId,
      slug,
      name: organizationName,
      supportAddress,
      language: organizationLanguage,
    },
    account: accountId ? { id: accountId, confirmed } : null,
    proven:
      key !== undefined && constantTimeEqual(parseCode(proof ?? "") ?? "", deriveMailboxProof(key, row.id)),
  };
}
