import type { Translation } from "@/lib/i18n/messages";

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

/** Describes a status with its detail, such as "Bounced: mailbox does not exist" (REQ-C10). */
export function describeDelivery({ t }: Translation, state: DeliveryStatus, detail: string | null): string {
  const status = t(`admin.delivery.status.${state}`);
  return detail ? t("admin.delivery.withDetail", { status, detail }) : status;
}
