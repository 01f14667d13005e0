import { type Actor, hold } from "@/lib/auth/actor";
import { type Tx, transaction } from "@/lib/db/client";
import { parseAddress } from "@/lib/email-address/email-address";
import { inviteHeld } from "@/lib/invitations/commands/invite";
import { takeBack } from "@/lib/invitations/commands/revoke";
import { holdTarget } from "@/lib/invitations/commands/target";
import type { CorrectRefusal } from "@/lib/invitations/messages";
import { isToCorrect } from "@/lib/invitations/status";
import { takeTurn } from "@/lib/mail/quota";
import type { LetterState } from "@/lib/mail/states";
import { reaches } from "@/lib/permissions/rights";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * **Correct address** (REQ-C10): an open invitation whose letter came back is revoked, and the right address invited with the
 * same role and policies, in one transaction. It takes the rights of both, and the answer is the one of inviting: whatever
 * is refused changes nothing. Answers the members whose rows changed.
 */
export async function correct(
  actor: Actor,
  input: { invitation: string; address: string },
): Promise<Result<string[], CorrectRefusal>> {
  const parsed = parseAddress(input.address);
  if (!("address" in parsed)) return refused(parsed.reason);
  return transaction(async (tx) => {
    const held = await hold(tx, actor, "invitations:create");
    if (!held?.rights.permissions.has("invitations:revoke")) return refused("rights-lost");
    const wrong = await holdBoth(tx, actor, input.invitation, parsed.address);
    if (!wrong) return refused("not-found");
    if (wrong.email === parsed.address) return refused("same-address");
    if (!isToCorrect(wrong)) return refused("not-bounced");
    if (!reaches(held.rights, wrong)) return refused("above-you");
    const { role, policyIds } = wrong;
    const outcome = await inviteHeld(tx, actor, held, {
      addresses: [parsed.address],
      role,
      policies: policyIds,
    });
    if (!outcome.ok) return outcome;
    const [{ answer, memberId = "" } = { answer: "no-address" as const }] = outcome.value;
    // Whoever was not invited had nothing written.
    if (answer !== "invited" && answer !== "invited-again") return refused(answer);
    await takeBack(tx, actor, [wrong], { corrected: "true" });
    return done([memberId, wrong.memberId]);
  });
}

/**
 * The invitation with the wrong address, and the members of both addresses held in the one order: their daily limits first,
 * which everybody who invites takes too, so that a member who is only just being made is no exception.
 */
async function holdBoth(tx: Tx, actor: Actor, invitation: string, address: string) {
  const organizationId = actor.organization.id;
  const [row] = await tx.$queryRaw<{ email: string }[]>`
    SELECT email FROM invitation WHERE id = ${invitation}::uuid AND organization_id = ${organizationId}::uuid`;
  if (!row) return null;
  await takeTurn(tx, [actor.memberId, row.email, address]);
  await tx.$queryRaw`
    SELECT FROM member WHERE organization_id = ${organizationId}::uuid AND email IN (${row.email}, ${address})
    ORDER BY email COLLATE "C" FOR NO KEY UPDATE`;
  const target = await holdTarget(tx, actor, invitation);
  const [more] = await tx.$queryRaw<{ delivery: LetterState; policyIds: string[] }[]>`
    SELECT i.delivery, ARRAY(SELECT mp.policy_id FROM member_policy mp
      WHERE mp.organization_id = i.organization_id AND mp.member_id = i.member_id) AS "policyIds"
    FROM invitation i WHERE i.id = ${invitation}::uuid`;
  return target && more ? { ...target, ...more } : null;
}
