import { type Actor, lockOrganization } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { type InviteeResult, inviteLocked } from "@/lib/invitations/commands/invite";
import type { InviteRefusal } from "@/lib/invitations/messages";
import { type ItemResult, unwrapSingle } from "@/lib/lists/bulk";
import type { Role } from "@/lib/permissions/roles";
import { disabledRequestReason, lockRequests } from "@/lib/requests/commands/lock";
import type { ApproveRequestRefusal } from "@/lib/requests/messages";
import { done, type Result, refused } from "@/lib/result/result";

type RoleAndPolicies = { role: Role; policies: readonly string[] };
type Approved = { memberId: string; invitationId: string };

/** Approves one request (**Send invitation**, REQ-E3). See `approveRequests`. */
export async function approveRequest(
  actor: Actor,
  { request, ...roleAndPolicies }: { request: string } & RoleAndPolicies,
): Promise<Result<Approved, ApproveRequestRefusal | InviteRefusal>> {
  return unwrapSingle(await approveRequests(actor, { requests: [request], ...roleAndPolicies }));
}

/**
 * Approves up to 100 requests by inviting their addresses, in one transaction (REQ-E3). The rules of inviting
 * apply: the ceiling, the allowed domains and the daily limits; an expired invitation is renewed. Each invitation is in
 * the language in which it was requested (REQ-B15). Returns a
 * result per request. If two admins answer the same request, the second gets "already-answered"; a requester
 * who has since become a user gets "already-a-user" (REQ-E4, REQ-E5).
 */
export async function approveRequests(
  actor: Actor,
  { requests, role, policies }: { requests: readonly string[] } & RoleAndPolicies,
): Promise<Result<ItemResult<Approved, ApproveRequestRefusal>[], InviteRefusal>> {
  return transaction(async (tx) => {
    const locked = await lockOrganization(tx, actor, "requests:approve", "share");
    if (!locked) return refused("rights-lost");
    const lockedRequests = await lockRequests(tx, actor, requests);
    const checked = [...new Set(requests)].map((id) => {
      const request = lockedRequests.get(id);
      return { id, request, reason: disabledRequestReason("approve", request) };
    });
    const addresses = checked.flatMap(({ request, reason }) => (request && !reason ? request.email : []));
    // Called even without addresses, because it also validates the role and the policies.
    const results = await inviteLocked(tx, actor, locked, {
      addresses,
      role,
      policies,
      people: new Map([...lockedRequests.values()].map(({ email, language }) => [email, { language }])),
    });
    if (!results.ok) return results;
    const invitedByAddress = new Map(results.value.map((invited) => [invited.text, invited]));
    return done(
      checked.map(({ id, request, reason }) => ({
        id,
        member: request?.memberId ?? undefined,
        email: request?.email ?? "",
        result: reason ? refused(reason) : toResult(invitedByAddress.get(request?.email ?? "")),
      })),
    );
  });
}

function toResult(invited: InviteeResult | undefined): Result<Approved, ApproveRequestRefusal> {
  if (!invited) throw new Error("inviting returned no result for a request");
  const { status, memberId, invitationId } = invited;
  if (status !== "invited" && status !== "invited-again") return refused(status);
  if (!memberId || !invitationId) throw new Error("inviting succeeded without an invitation id");
  return done({ memberId, invitationId });
}
