import { transaction } from "@/lib/db/client";
import { LAPSE_HOURS } from "@/lib/links/request-link";
import { noteAsked } from "@/lib/requests/commands/note-asked";
import type { ConfirmRequestRefusal } from "@/lib/requests/messages";
import { findByLink } from "@/lib/requests/queries/by-code";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * Confirms the address of a request from its mailbox (REQ-E2): from now on it is seen by whoever answers requests. One
 * statement decides, by the database's clock and by the setting as it stands; a second press finds it done.
 */
export async function confirm(ip: string, code: string): Promise<Result<null, ConfirmRequestRefusal>> {
  const found = await findByLink(ip, code);
  if (!found.ok) return found;
  const { id, standing } = found.value;
  if (standing !== "waits") return refused(standing);
  const confirmed = await transaction(async (tx) => {
    const [row] = await tx.$queryRaw<{ organizationId: string; email: string }[]>`
      UPDATE invitation_request r SET status = 'pending', confirmed_at = clock_timestamp()
      FROM organization o
      WHERE r.id = ${id}::uuid AND r.status = 'unconfirmed' AND o.id = r.organization_id AND o.new_user_invitations
        AND r.created_at > clock_timestamp() - make_interval(hours => ${LAPSE_HOURS}::int)
      RETURNING r.organization_id AS "organizationId", r.email`;
    if (row) await noteAsked(tx, { ...row, id });
    return row !== undefined;
  });
  if (confirmed) return done(null);
  const now = await findByLink(ip, code);
  if (!now.ok) return now;
  return now.value.standing === "waits" ? refused("dead-link") : refused(now.value.standing);
}
