/** The delivery status of an email. A CHECK constraint in the database has the same list. */
export type DeliveryStatus =
  | "queued"
  | "sent"
  | "delivered"
  | "delayed"
  | "bounced"
  | "complained"
  | "failed"
  | "unknown"
  | "kept"
  | "cancelled";

/** The kinds of emails; `templates.ts` has the template of each and its props. */
export type EmailKind =
  | "invitation"
  | "resent"
  | "new"
  | "reminder"
  | "accepted"
  | "declined"
  | "address-confirmation"
  | "address-change"
  | "sign-in-link"
  | "password-reset"
  | "assign-policies"
  | "request-confirmation"
  | "test";

/** The name of each kind, shown in the mailbox. */
export const EMAIL_KIND_NAMES: Record<EmailKind, string> = {
  invitation: "Invitation",
  resent: "Invitation, sent again",
  new: "New invitation",
  reminder: "Reminder of an invitation",
  accepted: "Joined notification",
  declined: "Declined notification",
  "address-confirmation": "Address confirmation",
  "address-change": "Change of address",
  "sign-in-link": "Link to log in",
  "password-reset": "Link to a new password",
  "assign-policies": "Reminder to assign policies",
  "request-confirmation": "Confirmation of a request",
  test: "Test email",
};

/** The name of each status. None says "Sent" unless a provider accepted the email (REQ-C10). */
export const DELIVERY_STATUS_NAMES: Record<DeliveryStatus, string> = {
  queued: "Queued",
  sent: "Sent",
  delivered: "Delivered",
  delayed: "Delayed",
  bounced: "Bounced",
  complained: "Marked as spam",
  failed: "Not sent",
  unknown: "Delivery unknown",
  kept: "Not delivered",
  cancelled: "Not sent",
};

/** Describes a status with its detail, such as "Bounced: mailbox does not exist" (REQ-C10). */
export function describeDelivery(state: DeliveryStatus, detail: string | null): string {
  return detail ? `${DELIVERY_STATUS_NAMES[state]}: ${detail}` : DELIVERY_STATUS_NAMES[state];
}
