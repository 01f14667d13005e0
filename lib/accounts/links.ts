import { randomUUID } from "node:crypto";
import { deriveSecret, digestOf } from "@/lib/crypto/codes";
import { currentKey } from "@/lib/crypto/key-ring";
import type { Tx } from "@/lib/db/client";
import type { LinkPurpose } from "@/lib/links/account-link";

type Made = {
  accountId: string;
  email: string;
  purpose: LinkPurpose;
  /** How long it lives. */
  hours: number;
  /** Whose login page asked for it. */
  organizationId?: string | undefined;
  /** Of a change of address: what its two links have in common. */
  changeId?: string;
};

/**
 * Makes a link of an account in the caller's transaction; answers its row's id and the secret, which is derived and
 * stored nowhere.
 */
export async function makeLink(tx: Tx, made: Made): Promise<{ id: string; secret: string }> {
  const id = randomUUID();
  const key = currentKey();
  const secret = deriveSecret(key, "account-link", id);
  await tx.$executeRaw`
    INSERT INTO account_link (id, account_id, purpose, email, key_id, digest, organization_id, change_id, expires_at)
    VALUES (${id}::uuid, ${made.accountId}::uuid, ${made.purpose}, ${made.email}, ${key.id}, ${digestOf(secret)},
            ${made.organizationId ?? null}::uuid, ${made.changeId ?? null}::uuid,
            clock_timestamp() + make_interval(hours => ${made.hours}::int))`;
  return { id, secret };
}

/** Marks a link as used, if it still can be; answers its account, or null. One statement decides. */
export async function useLink(tx: Tx, id: string): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ accountId: string }[]>`
    UPDATE account_link SET used_at = clock_timestamp()
    WHERE id = ${id}::uuid AND used_at IS NULL AND expires_at > clock_timestamp()
    RETURNING account_id AS "accountId"`;
  return row?.accountId ?? null;
}

/** Ends every living link of an account but `keep`: whatever was asked for in its name before opens nothing. */
export async function endLinks(tx: Tx, accountId: string, keep?: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE account_link SET expires_at = clock_timestamp()
    WHERE account_id = ${accountId}::uuid AND used_at IS NULL AND expires_at > clock_timestamp() AND id IS DISTINCT FROM ${keep ?? null}::uuid`;
}

/**
 * Ends the living links by which somebody could log in, choose a password or move the address. The confirmation of an
 * address stays: it belongs to the mailbox, whoever sits in the account (REQ-D9).
 */
export async function endWaysIn(tx: Tx, accountId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE account_link SET expires_at = clock_timestamp()
    WHERE account_id = ${accountId}::uuid AND purpose IN ('sign-in', 'reset-password', 'change-address')
      AND used_at IS NULL AND expires_at > clock_timestamp()`;
}
