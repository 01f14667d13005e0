import { randomUUID } from "node:crypto";
import { deriveSecret, sha256 } from "@/lib/crypto/codes";
import { currentKey } from "@/lib/crypto/key-ring";
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { LinkPurpose } from "@/lib/links/account-link";

type NewLink = {
  accountId: string;
  email: string;
  purpose: LinkPurpose;
  /** Hours until it expires. */
  hours: number;
  /** The organization whose login page requested it. */
  organizationId?: string | undefined;
  /** Identifies the two links of one change of address. */
  changeId?: string;
};

/** Creates a link of an account. Returns its id and its secret, which is derived and never stored. */
export async function createLink(tx: Tx, link: NewLink): Promise<{ id: string; secret: string }> {
  const id = randomUUID();
  const key = currentKey();
  const secret = deriveSecret(key, "account-link", id);
  await tx.$executeRaw`
    INSERT INTO account_link (id, account_id, purpose, email, key_id, digest, organization_id, change_id, expires_at)
    VALUES (${id}::uuid, ${link.accountId}::uuid, ${link.purpose}, ${link.email}, ${key.id}, ${sha256(secret)},
            ${link.organizationId ?? null}::uuid, ${link.changeId ?? null}::uuid,
            clock_timestamp() + make_interval(hours => ${link.hours}::int))`;
  return { id, secret };
}

/** Marks a link as used and returns its account id; null if it was already used or has expired. */
export async function consumeLink(tx: Tx, id: string): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ accountId: string }[]>`
    UPDATE account_link SET used_at = clock_timestamp()
    WHERE id = ${id}::uuid AND used_at IS NULL AND expires_at > clock_timestamp()
    RETURNING account_id AS "accountId"`;
  return row?.accountId ?? null;
}

/** Revokes every open link of an account except `exceptId`. */
export function revokeLinks(tx: Tx, accountId: string, exceptId?: string): Promise<void> {
  return expireLinks(tx, accountId, Prisma.sql`id IS DISTINCT FROM ${exceptId ?? null}::uuid`);
}

/** Revokes both links of the account's pending change of address, if there is one. Call it with the account locked. */
export function expireEmailChange(tx: Tx, accountId: string): Promise<void> {
  return expireLinks(tx, accountId, Prisma.sql`purpose = 'change-address'`);
}

/**
 * Revokes the open links that sign in, reset the password or change the address. Links that confirm the address stay: they
 * belong to the owner of the mailbox, who may not be the one who uses the account (REQ-D9).
 */
export function revokeSignInLinks(tx: Tx, accountId: string): Promise<void> {
  return expireLinks(tx, accountId, Prisma.sql`purpose IN ('sign-in', 'reset-password', 'change-address')`);
}

async function expireLinks(tx: Tx, accountId: string, condition: Prisma.Sql): Promise<void> {
  await tx.$executeRaw`
    UPDATE account_link SET expires_at = clock_timestamp()
    WHERE account_id = ${accountId}::uuid AND used_at IS NULL AND expires_at > clock_timestamp() AND ${condition}`;
}
