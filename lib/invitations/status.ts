import type { EmailSuppression } from "@/lib/mail/bounces";
import type { DeliveryStatus } from "@/lib/mail/delivery-status";

/** How an invitation was closed; null in the row while it is open. */
export type Resolution = "accepted" | "declined" | "revoked" | "superseded";

export type InvitationStatus = "pending" | "expired" | Resolution;

/** Labels shown in the UI; the ones that the requirements name are used word for word. */
export const INVITATION_STATUS_NAMES: Record<InvitationStatus, string> = {
  pending: "Pending",
  expired: "Invitation expired",
  accepted: "Accepted",
  declined: "Declined",
  revoked: "Revoked",
  superseded: "Replaced",
};

export type InvitationAction = "copy" | "resend" | "renew" | "revoke" | "accept" | "decline";

/** The statuses that allow an action, and the reason shown in all others. */
type ActionRule = { allowedIn: readonly InvitationStatus[]; otherwise: string };

const ACTION_RULES: Record<InvitationAction, ActionRule> = {
  copy: { allowedIn: ["pending"], otherwise: "Only a pending invitation can be copied" },
  resend: { allowedIn: ["pending"], otherwise: "Only a pending invitation can be resent" },
  renew: { allowedIn: ["expired"], otherwise: "Only for an expired invitation" },
  revoke: { allowedIn: ["pending", "expired"], otherwise: "Only an open invitation can be revoked" },
  accept: { allowedIn: ["pending"], otherwise: "Only a pending invitation can be accepted" },
  decline: { allowedIn: ["pending"], otherwise: "Only a pending invitation can be declined" },
};
const INVITATION_ACTIONS = Object.keys(ACTION_RULES) as InvitationAction[];

/**
 * Returns the reason the action is disabled, shown on the menu item; undefined if the action is allowed.
 * Permissions are not considered.
 */
export function disabledInvitationReason(
  action: InvitationAction,
  invitation: {
    status: InvitationStatus;
    resendCount: number;
    resendLimit: number;
    emailSuppression: EmailSuppression | null;
  },
): string | undefined {
  const { status, resendCount, resendLimit, emailSuppression } = invitation;
  if (!allowedInvitationActions(status).includes(action)) return ACTION_RULES[action].otherwise;
  if (emailSuppression && (action === "resend" || action === "renew"))
    return SUPPRESSED_REASONS[emailSuppression];
  if (action === "resend" && resendCount >= resendLimit)
    return `Resent ${resendCount} of ${resendLimit} times`;
  return undefined;
}

const SUPPRESSED_REASONS: Record<EmailSuppression, string> = {
  bounced: "Emails paused: bounced",
  complained: "Emails paused: marked as spam",
};

/** Returns the actions that a status allows. Row menus and commands both use it. */
export function allowedInvitationActions(status: InvitationStatus): readonly InvitationAction[] {
  return INVITATION_ACTIONS.filter((action) => ACTION_RULES[action].allowedIn.includes(status));
}

/** Returns true if **Correct address** is offered: the invitation is open and its email bounced (REQ-C10). */
export function canCorrectAddress({
  status,
  delivery,
}: {
  status: InvitationStatus;
  delivery: DeliveryStatus;
}): boolean {
  return delivery === "bounced" && allowedInvitationActions(status).includes("revoke");
}

/**
 * Returns the status at `now`, a timestamp of the database's clock. Expiry is computed, never stored
 * (REQ-C1).
 */
export function invitationStatusOf(
  invitation: { settledAs: Resolution | null; expiresAt: Date },
  now: Date,
): InvitationStatus {
  if (invitation.settledAs) return invitation.settledAs;
  // Equal counts as expired: the email says "until 12:00".
  return invitation.expiresAt.getTime() <= now.getTime() ? "expired" : "pending";
}
