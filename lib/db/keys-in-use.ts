import pg from "pg";
import type { KeyRing } from "@/lib/config/env-fields";
import { ExpectedError } from "@/lib/config/expected-error";
import { sha256 } from "@/lib/crypto/codes";
import { deriveInvitationCode } from "@/lib/links/invitation-link";

/**
 * Throws if the key ring lacks a key that an open invitation, link or request was derived with, or has a
 * different key with its id: links would not work and could not be copied.
 */
export async function assertKeysAvailable(url: string, ring: KeyRing): Promise<void> {
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
    if (rows.length > 0) throw new ExpectedError(missingKeysMessage(rows.map((row) => row.id).join(", ")));
    for (const key of ring) {
      const { rows: open } = await client.query<{ id: string; digest: Buffer }>(
        "SELECT id, code_digest AS digest FROM invitation WHERE settled_as IS NULL AND key_id = $1 LIMIT 1",
        [key.id],
      );
      const [invitation] = open;
      if (invitation && !sha256(deriveInvitationCode(key, invitation.id)).equals(invitation.digest))
        throw new ExpectedError(differentKeyMessage(key.id));
    }
  } finally {
    await client.end();
  }
}

/** The message for key ids that are missing from the ring. */
function missingKeysMessage(ids: string): string {
  return (
    `Open links use keys that are missing from the key ring: ${ids}. ` +
    "Restore them in FOYER_KEYS or secrets.json, after the newest key."
  );
}

function differentKeyMessage(id: number): string {
  return (
    `Open links use key ${id}, which differs in the key ring. ` +
    "Restore it in FOYER_KEYS or secrets.json, and give the new key another id."
  );
}
