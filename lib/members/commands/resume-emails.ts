import { logActivity } from "@/lib/activity/log-activity";
import { type Actor, lockOrganization } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { copyEmailSuppression } from "@/lib/db/copies";
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
    const { count } = await tx.member.updateMany({
      where: { organizationId: actor.organization.id, id: input.member, emailSuppression: { not: null } },
      data: { emailSuppression: null },
    });
    if (count === 0) return refused("not-paused");
    await copyEmailSuppression(tx, input.member);
    await logActivity(tx, actor, { memberId: input.member }, "emails-allowed");
    return done(null);
  });
}
