import { logActivity } from "@/lib/activity/log-activity";
import { type Actor, lockOrganization } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import type { ResumeEmailsRefusal } from "@/lib/members/messages";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * Resumes emails to an address that bounced or whose owner marked an email as spam (decision 0036). Sends
 * nothing: an admin can then resend the invitation.
 */
export async function resumeEmails(
  actor: Actor,
  input: { member: string },
): Promise<Result<null, ResumeEmailsRefusal>> {
  return transaction(async (tx) => {
    if (!(await lockOrganization(tx, actor, "users:update", "share"))) return refused("rights-lost");
    const [resumed] = await tx.$queryRaw<{ invitation: string | null }[]>`
      UPDATE member SET email_suppression = NULL
      WHERE organization_id = ${actor.organization.id}::uuid AND id = ${input.member}::uuid
        AND email_suppression IS NOT NULL
      RETURNING invitation_id AS invitation`;
    if (!resumed) return refused("not-paused");
    await tx.$executeRaw`
      UPDATE invitation SET email_suppression = NULL WHERE id = ${resumed.invitation}::uuid`;
    await logActivity(tx, actor, { memberId: input.member }, "emails-allowed");
    return done(null);
  });
}
