import { logActivity } from "@/lib/activity/log-activity";
import { type Actor, hold } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import type { AllowLettersRefusal } from "@/lib/members/messages";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * **Allow letters again**: an address that bounced, or whose reader complained, gets invitations again (decision 0036).
 * It sends nothing; whoever wants a letter there presses Resend.
 */
export async function allowLetters(
  actor: Actor,
  input: { member: string },
): Promise<Result<null, AllowLettersRefusal>> {
  return transaction(async (tx) => {
    if (!(await hold(tx, actor, "users:update"))) return refused("rights-lost");
    const allowed = await tx.$queryRaw<{ invitation: string | null }[]>`
      UPDATE member SET email_suppression = NULL
      WHERE organization_id = ${actor.organization.id}::uuid AND id = ${input.member}::uuid
        AND email_suppression IS NOT NULL
      RETURNING invitation_id AS invitation`;
    if (!allowed[0]) return refused("not-stopped");
    await tx.$executeRaw`
      UPDATE invitation SET email_suppression = NULL WHERE id = ${allowed[0].invitation}::uuid`;
    await logActivity(tx, actor, { memberId: input.member }, "emails-allowed");
    return done(null);
  });
}
