import { randomUUID } from "node:crypto";
import { sha256 } from "@/lib/crypto/codes";
import { currentKey } from "@/lib/crypto/key-ring";
import { type Tx, transaction } from "@/lib/db/client";
import { lockMemberRow, lockOrganizationRow, lockQuota } from "@/lib/db/locks";
import { findInvitationByCode, type InvitationByCode } from "@/lib/invitations/queries/by-code";
import { deriveRequestSecret } from "@/lib/links/request-link";
import { logRequest } from "@/lib/requests/commands/log-request";
import { consumeRequestLimit } from "@/lib/requests/commands/request-limit";
import type { RequestNewInvitationRefusal } from "@/lib/requests/messages";
import { hasPendingRequest, isRequestPending } from "@/lib/requests/queries/pending";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * Requests a new invitation with the code of an expired one (REQ-D6). Works even if the organization does not
 * accept requests, and needs no confirmation email, because the organization issued the code. Proposes the
 * role and policies of the expired invitation. Idempotent while the request is pending; after an answer, one
 * request per day is allowed.
 */
export async function requestNewInvitation(
  ip: string,
  code: string,
): Promise<Result<null, RequestNewInvitationRefusal>> {
  const found = await findInvitationByCode(ip, code);
  if (!found.ok) return found;
  const invitation = found.value;
  if (invitation.status !== "expired") return refused("not-expired");
  if (await isRequestPending(invitation)) return done(null);
  const wait = await consumeRequestLimit(invitation.id, invitation.email);
  // A concurrent second call consumes the limit before the first one has inserted its request.
  if (wait)
    return (await isRequestPending(invitation))
      ? done(null)
      : refused("requested-today", { wait: { seconds: wait } });
  return transaction((tx) => insertRequest(tx, invitation));
}

/** Follows the lock order: organization, address, member. */
async function insertRequest(
  tx: Tx,
  invitation: InvitationByCode,
): Promise<Result<null, RequestNewInvitationRefusal>> {
  const { organizationId, memberId, email } = invitation;
  await lockOrganizationRow(tx, organizationId, "share");
  await lockQuota(tx, [email]);
  await lockMemberRow(tx, organizationId, memberId);
  const [id, key] = [randomUUID(), currentKey()];
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO invitation_request AS r (id, organization_id, email, language, status, proposed_role, proposed_policies,
                                         invitation_id, key_id, digest, created_at, confirmed_at)
    SELECT ${id}::uuid, m.organization_id, m.email, i.language, 'pending', m.role, m.policy_ids, i.id, ${key.id},
           ${sha256(deriveRequestSecret(key, id))}, clock_timestamp(), clock_timestamp()
    FROM invitation i JOIN member m ON m.id = i.member_id
    WHERE i.id = ${invitation.id}::uuid AND i.settled_as IS NULL AND i.expires_at <= clock_timestamp()
    -- An unconfirmed request from the login page may be someone else's, so its name and message are cleared.
    ON CONFLICT (organization_id, email) WHERE status IN ('unconfirmed', 'pending') DO UPDATE
      SET status = 'pending', name = '', message = '', proposed_role = excluded.proposed_role,
          proposed_policies = excluded.proposed_policies, invitation_id = excluded.invitation_id,
          confirmed_at = excluded.confirmed_at
      WHERE r.status = 'unconfirmed'
    RETURNING r.id`;
  if (row) await logRequest(tx, { id: row.id, organizationId, email });
  return row || (await hasPendingRequest(tx, invitation)) ? done(null) : refused("not-expired");
}
