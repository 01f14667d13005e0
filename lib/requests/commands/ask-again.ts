import { randomUUID } from "node:crypto";
import { digestOf } from "@/lib/crypto/codes";
import { currentKey } from "@/lib/crypto/key-ring";
import { type Tx, transaction } from "@/lib/db/client";
import { type Found, findByCode } from "@/lib/invitations/queries/by-code";
import { requestSecret } from "@/lib/links/request-link";
import { takeTurn } from "@/lib/mail/quota";
import { inTime } from "@/lib/rate-limits/rate-limits";
import { countAsking } from "@/lib/requests/commands/limit";
import { noteAsked } from "@/lib/requests/commands/note-asked";
import type { AskAgainRefusal } from "@/lib/requests/messages";
import { findAsked, hasAsked } from "@/lib/requests/queries/asked";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * Whoever holds the code of an expired invitation asks for a new one in one press (REQ-D6), also where requests are off: the
 * organization gave them the code, so the address waits for no letter. What was promised is proposed. A second press
 * finds it done; once a day is enough for whoever was answered.
 */
export async function askAgain(ip: string, code: string): Promise<Result<null, AskAgainRefusal>> {
  const found = await findByCode(ip, code);
  if (!found.ok) return found;
  const invitation = found.value;
  if (invitation.status !== "expired") return refused("not-expired");
  if (await findAsked(invitation)) return done(null);
  const wait = await countAsking(invitation.id, invitation.email);
  // Of two presses at once the second is counted before the first has written.
  if (wait)
    return (await findAsked(invitation)) ? done(null) : refused("asked-today", { wait: inTime(wait) });
  return transaction((tx) => write(tx, invitation));
}

/** In the one order of locks: the organization, the address, the member. */
async function write(tx: Tx, invitation: Found): Promise<Result<null, AskAgainRefusal>> {
  const { organizationId, memberId, email } = invitation;
  await tx.$queryRaw`SELECT FROM organization WHERE id = ${organizationId}::uuid FOR SHARE`;
  await takeTurn(tx, [email]);
  await tx.$queryRaw`SELECT FROM member WHERE id = ${memberId}::uuid FOR NO KEY UPDATE`;
  const [id, key] = [randomUUID(), currentKey()];
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO invitation_request AS r (id, organization_id, email, status, proposed_role, proposed_policies,
                                         invitation_id, key_id, digest, created_at, confirmed_at)
    SELECT ${id}::uuid, m.organization_id, m.email, 'pending', m.role, m.policy_ids, i.id, ${key.id},
           ${digestOf(requestSecret(key, id))}, clock_timestamp(), clock_timestamp()
    FROM invitation i JOIN member m ON m.id = i.member_id
    WHERE i.id = ${invitation.id}::uuid AND i.settled_as IS NULL AND i.expires_at <= clock_timestamp()
    -- What somebody wrote in this name on the login page and nobody confirmed is not theirs.
    ON CONFLICT (organization_id, email) WHERE status IN ('unconfirmed', 'pending') DO UPDATE
      SET status = 'pending', name = '', message = '', proposed_role = excluded.proposed_role,
          proposed_policies = excluded.proposed_policies, invitation_id = excluded.invitation_id,
          confirmed_at = excluded.confirmed_at
      WHERE r.status = 'unconfirmed'
    RETURNING r.id`;
  if (row) await noteAsked(tx, { id: row.id, organizationId, email });
  return row || (await hasAsked(tx, invitation)) ? done(null) : refused("not-expired");
}
