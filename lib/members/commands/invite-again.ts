import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { invite } from "@/lib/invitations/commands/invite";
import type { InviteAgainRefusal } from "@/lib/members/messages";
import type { Role } from "@/lib/permissions/roles";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * **Invite again** somebody who was removed, revoked or declined: the invitation of any other address, with a role and
 * policies of its own and a new letter (REQ-C7). What became of them meanwhile is the invitation's answer.
 */
export async function inviteAgain(
  actor: Actor,
  input: { member: string; role: Role; policies: readonly string[] },
): Promise<Result<{ invitationId: string }, InviteAgainRefusal>> {
  // Only the address is taken from it, which never changes.
  const member = await db().member.findFirst({
    where: { organizationId: actor.organization.id, id: input.member },
    select: { email: true },
  });
  if (!member) return refused("not-found");
  const { role, policies } = input;
  const outcome = await invite(actor, { addresses: [member.email], role, policies });
  if (!outcome.ok) return outcome;
  const [answer] = outcome.value;
  if (!answer) throw new Error("an address without an answer");
  if (answer.answer !== "invited" && answer.answer !== "invited-again") return refused(answer.answer);
  return done({ invitationId: answer.invitationId ?? "" });
}
