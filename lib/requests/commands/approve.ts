import { type Actor, hold } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { type Invited, inviteHeld } from "@/lib/invitations/commands/invite";
import type { InviteRefusal } from "@/lib/invitations/messages";
import { type Answered, only } from "@/lib/lists/bulk";
import type { Role } from "@/lib/permissions/roles";
import { hindrance, holdTargets } from "@/lib/requests/commands/target";
import type { ApproveRefusal } from "@/lib/requests/messages";
import { done, type Result, refused } from "@/lib/result/result";

type Gift = { role: Role; policies: readonly string[] };
type Approved = { memberId: string; invitationId: string };

/** **Send invitation** (REQ-E3) to one: see `approveEach`. */
export async function approve(
  actor: Actor,
  { request, ...gift }: { request: string } & Gift,
): Promise<Result<Approved, ApproveRefusal | InviteRefusal>> {
  return only(await approveEach(actor, { requests: [request], ...gift }));
}

/**
 * Answers requests with invitations (REQ-E3), up to 100 in one transaction: inviting is inviting, whoever asked for it, so
 * the ceiling, the domains and the daily limits hold, an expired invitation is renewed, and the request follows what was
 * written. Of two who answer one request, one does; whoever became a user meanwhile needs none (REQ-E4, REQ-E5).
 */
export async function approveEach(
  actor: Actor,
  { requests, role, policies }: { requests: readonly string[] } & Gift,
): Promise<Result<Answered<Approved, ApproveRefusal>[], InviteRefusal>> {
  return transaction(async (tx) => {
    const held = await hold(tx, actor, "requests:approve");
    if (!held) return refused("rights-lost");
    const targets = await holdTargets(tx, actor, requests);
    const asked = [...new Set(requests)].map((id) => {
      const target = targets.get(id);
      return { id, target, reason: hindrance("approve", target) };
    });
    const addresses = asked.flatMap(({ target, reason }) => (target && !reason ? target.email : []));
    // Also for nobody: what is wrong with role and policies is said all the same.
    const outcome = await inviteHeld(tx, actor, held, { addresses, role, policies });
    if (!outcome.ok) return outcome;
    const answers = new Map(outcome.value.map((one) => [one.text, one]));
    return done(
      asked.map(({ id, target, reason }) => ({
        id,
        member: target?.memberId ?? undefined,
        email: target?.email ?? "",
        outcome: reason ? refused(reason) : outcomeOf(answers.get(target?.email ?? "")),
      })),
    );
  });
}

function outcomeOf(invited: Invited | undefined): Result<Approved, ApproveRefusal> {
  if (!invited) throw new Error("a request was left without an answer");
  const { answer, memberId, invitationId } = invited;
  if (answer !== "invited" && answer !== "invited-again") return refused(answer);
  if (!memberId || !invitationId) throw new Error("somebody was invited without an invitation");
  return done({ memberId, invitationId });
}
