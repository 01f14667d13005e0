import type { Translator } from "@/lib/i18n/messages";
import type { EmailSuppression } from "@/lib/mail/bounces";
import type { DeliveryStatus } from "@/lib/mail/delivery-status";

/** How an invitation was closed; null in the row while it is open. */
export type Resolution = "accepted" | "declined" | "revoked" | "superseded";

export type InvitationStatus = "pending" | "expired" | Resolution;

export type InvitationAction = "copy" | "resend" | "renew" | "revoke" | "accept" | "decline";

/** The statuses that allow an action. */
const ALLOWED_IN: Record<InvitationAction, readonly InvitationStatus[]> = {
  copy: ["pending"],
  resend: ["pending"],
  renew: ["expired"],
  revoke: ["pending", "expired"],
  accept: ["pending"],
  decline: ["pending"],
};
const INVITATION_ACTIONS = Object.keys(ALLOWED_IN) as InvitationAction[];

/**
 * Returns the reason the action is disabled, shown on the menu item; undefined if the action is allowed.
 * Permissions are not considered.
 */
export function disabledInvitationReason(
  t: Translator,
  action: Exclude<InvitationAction, "accept" | "decline">,
  invitation: {
    status: InvitationStatus;
    resendCount: number;
    resendLimit: number;
    emailSuppression: EmailSuppression | null;
  },
): string | undefined {
  const { status, resendCount, resendLimit, emailSuppression } = invitation;
  if (!allowedInvitationActions(status).includes(action)) return t(`admin.invitations.disabled.${action}`);
  if (emailSuppression && (action === "resend" || action === "renew"))
    return t(`admin.invitations.disabled.suppressed.${emailSuppression}`);
  if (action === "resend" && resendCount >= resendLimit)
    return t("admin.invitations.disabled.resendLimit", { used: resendCount, limit: resendLimit });
  return undefined;
}

/** Returns the actions that a status allows. Row menus and commands both use it. */
export function allowedInvitationActions(status: InvitationStatus): readonly InvitationAction[] {
  return INVITATION_ACTIONS.filter((action) => ALLOWED_IN[action].includes(status));
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
