import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { inviteMembers } from "@/lib/invitations/commands/invite";
import type { InviteAgainRefusal } from "@/lib/members/messages";
import type { Role } from "@/lib/permissions/roles";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * Invites a removed user again (including one whose invitation was revoked or declined), like any other
 * address: with a new role, policies and email (REQ-C7). If they have joined or were invited in the meantime,
 * the result says so.
 */
export async function inviteMemberAgain(
  actor: Actor,
  input: { member: string; role: Role; policies: readonly string[]; language?: string | undefined },
): Promise<Result<{ invitationId: string }, InviteAgainRefusal>> {
  // Read without a lock: only the address is used, and it does not change.
  const member = await db().member.findFirst({
    where: { organizationId: actor.organization.id, id: input.member },
    select: { email: true },
  });
  if (!member) return refused("not-found");
  const { role, policies, language } = input;
  const result = await inviteMembers(actor, { addresses: [member.email], role, policies, language });
  if (!result.ok) return result;
  const [invited] = result.value;
  if (!invited) throw new Error("no result for the address");
  if (invited.status !== "invited" && invited.status !== "invited-again") return refused(invited.status);
  return done({ invitationId: invited.invitationId ?? "" });
}
