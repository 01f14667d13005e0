import Check from "lucide-react/icons/check";
import styles from "@/components/invitations/invitation-status.module.css";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { ExpiryRing } from "@/components/ui/expiry-ring";
import { formatRelativeTime } from "@/components/ui/format-time";
import type { InvitationRow } from "@/lib/invitations/queries/list";
import { INVITATION_STATUS_NAMES } from "@/lib/invitations/status";
import { SUPPRESSION_MESSAGES } from "@/lib/mail/bounces";
import { DELIVERY_STATUS_NAMES, describeDelivery } from "@/lib/mail/delivery-status";

const DAY = 24 * 60 * 60 * 1000;

/** The status badge with the expiry ring, and below it the delivery status and the expiry (REQ-C10). */
export function InvitationStatusBadge({ row }: { row: InvitationRow }) {
  const { status, delivery, expiresAt, now } = row;
  const left = status === "pending" ? (expiresAt.getTime() - now.getTime()) / DAY : 0;
  const hasProblem = hasDeliveryProblem(row);
  const isOpen = status === "pending" || status === "expired";
  const checkIcon = status === "accepted" ? <Check size={16} aria-hidden /> : undefined;
  return (
    <>
      <Badge
        tone={hasProblem ? "bad" : badgeTone(status, left)}
        icon={isOpen ? <ExpiryRing days={row.expiryDays} left={left} /> : checkIcon}
      >
        {hasProblem ? DELIVERY_STATUS_NAMES[delivery] : INVITATION_STATUS_NAMES[status]}
      </Badge>
      <small className={styles.detail}>{describeInvitation(row)}</small>
      {isOpen && row.emailSuppression ? <small>{SUPPRESSION_MESSAGES[row.emailSuppression]}</small> : null}
    </>
  );
}

function hasDeliveryProblem({ status, delivery }: InvitationRow): boolean {
  return status === "pending" && (delivery === "bounced" || delivery === "failed");
}

function describeInvitation(row: InvitationRow): string {
  const { deliveryDetail, settledAt, declineReason, now } = row;
  if (settledAt)
    return [formatRelativeTime(settledAt, now), declineReason && `“${declineReason}”`]
      .filter(Boolean)
      .join(": ");
  return hasDeliveryProblem(row) ? (deliveryDetail ?? describeExpiry(row)) : describeOpenInvitation(row);
}

/**
 * Returns the delivery status and the expiry of an open invitation (REQ-C10): "Delivered · expires in 5
 * days".
 */
export function describeOpenInvitation(
  row: Pick<InvitationRow, "status" | "delivery" | "deliveryDetail" | "expiresAt" | "now">,
): string {
  const delivery = `${describeDelivery(row.delivery, row.deliveryDetail)} · `;
  return (row.status === "pending" ? delivery : "") + describeExpiry(row);
}

function describeExpiry({
  status,
  expiresAt,
  now,
}: Pick<InvitationRow, "status" | "expiresAt" | "now">): string {
  return `${status === "pending" ? "expires" : "expired"} ${formatRelativeTime(expiresAt, now)}`;
}

function badgeTone(status: InvitationRow["status"], daysLeft: number): BadgeTone {
  if (status === "accepted") return "ok";
  if (status !== "pending") return "quiet";
  return daysLeft < 1 ? "warn" : "info";
}
