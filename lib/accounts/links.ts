import { randomUUID } from "node:crypto";
import type { LinkPurpose } from "@/lib/accounts/link-paths";
import type { Tx } from "@/lib/db/client";
import { currentKey } from "@/lib/kit/keys";
import { deriveSecret, digestOf } from "@/lib/kit/secrets";

/**
 * Makes a link of an account in the caller's transaction; answers its row's id and the secret, which is derived and
 * stored nowhere. `hours`: how long it lives.
 */
export async function makeLink(
  tx: Tx,
  made: { accountId: string; email: string; purpose: LinkPurpose; hours: number },
): Promise<{ id: string; secret: string }> {
  const id = randomUUID();
  const key = currentKey();
  const secret = deriveSecret(key, "account-link", id);
  await tx.$executeRaw`
    INSERT INTO account_link (id, account_id, purpose, email, key_id, digest, expires_at)
    VALUES (${id}::uuid, ${made.accountId}::uuid, ${made.purpose}, ${made.email}, ${key.id}, ${digestOf(secret)},
            clock_timestamp() + make_interval(hours => ${made.hours}::int))`;
  return { id, secret };
}
