import { logActivity } from "@/lib/activity/log-activity";
import { type Actor, lockOrganization } from "@/lib/auth/actor";
import { env } from "@/lib/config/env";
import { requireKey } from "@/lib/crypto/key-ring";
import { transaction } from "@/lib/db/client";
import { readInvitation } from "@/lib/invitations/commands/lock";
import type { CopyRefusal } from "@/lib/invitations/messages";
import { allowedInvitationActions } from "@/lib/invitations/status";
import { buildInvitationLink, deriveInvitationCode, formatCode } from "@/lib/links/invitation-link";
import { canGrant } from "@/lib/permissions/rights";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * Returns the code or the link of a pending invitation for the clipboard and logs the copy (REQ-C5); works
 * without an email provider. Refused for an invitation that grants more than the actor has (REQ-A3). The link
 * carries no proof of the mailbox.
 */
export async function copyInvitation(
  actor: Actor,
  input: { invitation: string; shape: "code" | "link" },
): Promise<Result<{ text: string }, CopyRefusal>> {
  return transaction(async (tx) => {
    const locked = await lockOrganization(tx, actor, "invitations:copy_link", "share");
    if (!locked) return refused("rights-lost");
    const invitation = await readInvitation(tx, actor, input.invitation);
    if (!invitation) return refused("not-found");
    if (!allowedInvitationActions(invitation.status).includes("copy")) return refused("not-pending");
    if (!canGrant(locked.rights, invitation, locked.defaultRole)) return refused("above-you");
    await logActivity(tx, actor, invitation, "copied", { shape: input.shape });
    const code = deriveInvitationCode(requireKey(invitation.keyId), invitation.id);
    return done({
      text: input.shape === "code" ? formatCode(code) : buildInvitationLink(env().origin, code),
    });
  });
}
