import { transaction } from "@/lib/db/client";
import { REQUEST_CONFIRMATION_HOURS } from "@/lib/links/request-link";
import { logRequest } from "@/lib/requests/commands/log-request";
import type { ConfirmRequestRefusal } from "@/lib/requests/messages";
import { findRequestByLink } from "@/lib/requests/queries/by-link";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * Confirms the address of a request with the emailed link (REQ-E2), which makes the request visible to
 * admins. A single conditional UPDATE checks expiry by the database clock and the current setting. A second
 * call is refused as "confirmed".
 */
export async function confirmRequest(ip: string, code: string): Promise<Result<null, ConfirmRequestRefusal>> {
  const found = await findRequestByLink(ip, code);
  if (!found.ok) return found;
  const { id, state, organization } = found.value;
  const params = { organization: organization.name };
  if (state !== "unconfirmed") return refused(state, params);
  const confirmed = await transaction(async (tx) => {
    const [row] = await tx.$queryRaw<{ organizationId: string; email: string }[]>`
      UPDATE invitation_request r SET status = 'pending', confirmed_at = clock_timestamp()
      FROM organization o
      WHERE r.id = ${id}::uuid AND r.status = 'unconfirmed' AND o.id = r.organization_id AND o.new_user_invitations
        AND r.created_at > clock_timestamp() - make_interval(hours => ${REQUEST_CONFIRMATION_HOURS}::int)
      RETURNING r.organization_id AS "organizationId", r.email`;
    if (row) await logRequest(tx, { ...row, id });
    return row !== undefined;
  });
  if (confirmed) return done(null);
  const current = await findRequestByLink(ip, code);
  if (!current.ok) return current;
  return current.value.state === "unconfirmed"
    ? refused("invalid-link")
    : refused(current.value.state, params);
}
