import pg from "pg";
import type { KeyRing } from "@/lib/kit/env-fields";
import { ExpectedError } from "@/lib/kit/expected-error";

/**
 * Refuses a key ring that lacks a key which an open invitation, link or request was made with: its link would be dead and
 * copying it impossible, and nobody would know why.
 */
export async function refuseMissingKeys(url: string, ring: KeyRing): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rows } = await client.query<{ id: number }>(
      `SELECT DISTINCT id FROM (
         SELECT key_id AS id FROM invitation WHERE settled_as IS NULL
         UNION ALL SELECT key_id FROM account_link WHERE used_at IS NULL AND expires_at > now()
         UNION ALL SELECT key_id FROM invitation_request WHERE status = 'unconfirmed'
       ) AS in_use WHERE id <> ALL ($1::int[]) ORDER BY id`,
      [ring.map((key) => key.id)],
    );
    if (rows.length === 0) return;
    const ids = rows.map((row) => row.id).join(", ");
    throw new ExpectedError(
      `Links that are still open were made with key ${ids}, which the key ring does not hold. Put it back into FOYER_KEYS ` +
        "(or FOYER_DATA/secrets.json), behind the newest one.",
    );
  } finally {
    await client.end();
  }
}
