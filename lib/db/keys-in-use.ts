import pg from "pg";
import type { KeyRing } from "@/lib/config/env-fields";
import { ExpectedError } from "@/lib/config/expected-error";
import { digestOf } from "@/lib/crypto/codes";
import { codeOf } from "@/lib/links/invitation-link";

/**
 * Refuses a key ring that lacks a key which an open invitation, link or request was made with, or holds another one under
 * its number: links would be dead and copying impossible, and nobody would know why.
 */
export async function refuseMissingKeys(url: string, ring: KeyRing): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rows } = await client.query<{ id: number }>(
      `SELECT DISTINCT id FROM (
         SELECT key_id AS id FROM invitation WHERE settled_as IS NULL
         UNION ALL SELECT key_id FROM account_link WHERE used_at IS NULL AND expires_at > now()
         UNION ALL SELECT key_id FROM invitation_request WHERE status IN ('received', 'unconfirmed')
       ) AS in_use WHERE id <> ALL ($1::int[]) ORDER BY id`,
      [ring.map((key) => key.id)],
    );
    if (rows.length > 0) throw new ExpectedError(missing(rows.map((row) => row.id).join(", ")));
    for (const key of ring) {
      const { rows: open } = await client.query<{ id: string; digest: Buffer }>(
        "SELECT id, code_digest AS digest FROM invitation WHERE settled_as IS NULL AND key_id = $1 LIMIT 1",
        [key.id],
      );
      const [one] = open;
      if (one && !digestOf(codeOf(key, one.id)).equals(one.digest)) throw new ExpectedError(other(key.id));
    }
  } finally {
    await client.end();
  }
}

function missing(ids: string): string {
  return (
    `Links that are still open were made with key ${ids}, which the key ring does not hold. Put it back into FOYER_KEYS ` +
    "(or FOYER_DATA/secrets.json), behind the newest one."
  );
}

function other(id: number): string {
  return (
    `Links that are still open were made with another key ${id} than the one in the key ring. Put the former secrets.json ` +
    "back into FOYER_DATA, or the former key into FOYER_KEYS; a new key needs a number of its own."
  );
}
