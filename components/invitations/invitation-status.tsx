import Check from "lucide-react/icons/check";
import { useLocale, useTranslations } from "next-intl";
import styles from "@/components/invitations/invitation-status.module.css";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { ExpiryRing } from "@/components/ui/expiry-ring";
import { formatRelativeTime } from "@/lib/i18n/format";
import type { Translation } from "@/lib/i18n/messages";
import type { InvitationRow } from "@/lib/invitations/queries/list";
import { describeDelivery } from "@/lib/mail/delivery-status";

const DAY = 24 * 60 * 60 * 1000;

/** The status badge with the expiry ring, and below it the delivery status and the expiry (REQ-C10). */
export function InvitationStatusBadge({ row }: { row: InvitationRow }) {
  const t = useTranslations();
  const locale = useLocale();
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
        {hasProblem ? t(`admin.delivery.status.${delivery}`) : t(`admin.invitations.status.${status}`)}
      </Badge>
      <small className={styles.detail}>{describeInvitation({ t, locale }, row)}</small>
      {isOpen && row.emailSuppression ? (
        <small>{t(`admin.delivery.suppressed.${row.emailSuppression}`)}</small>
      ) : null}
    </>
  );
}

function hasDeliveryProblem({ status, delivery }: InvitationRow): boolean {
  return status === "pending" && (delivery === "bounced" || delivery === "failed");
}

function describeInvitation(translation: Translation, row: InvitationRow): string {
  const { t, locale } = translation;
  const { deliveryDetail, settledAt, declineReason, now } = row;
  if (settledAt) {
    const time = formatRelativeTime(settledAt, now, locale);
    return declineReason
      ? t("admin.invitations.detail.closedWithReason", { time, reason: declineReason })
      : time;
  }
  return hasDeliveryProblem(row)
    ? (deliveryDetail ?? describeExpiry(translation, row))
    : describeOpenInvitation(translation, row);
}

/**
 * Returns the delivery status and the expiry of an open invitation (REQ-C10): "Delivered · expires in 5
 * days".
 */
export function describeOpenInvitation(
  translation: Translation,
  row: Pick<InvitationRow, "status" | "delivery" | "deliveryDetail" | "expiresAt" | "now">,
): string {
  const { t, locale } = translation;
  if (row.status !== "pending") return describeExpiry(translation, row);
  return t("admin.invitations.detail.deliveryAndExpiry", {
    delivery: describeDelivery(translation, row.delivery, row.deliveryDetail),
    time: formatRelativeTime(row.expiresAt, row.now, locale),
  });
}

function describeExpiry(
  { t, locale }: Translation,
  { status, expiresAt, now }: Pick<InvitationRow, "status" | "expiresAt" | "now">,
): string {
  const time = formatRelativeTime(expiresAt, now, locale);
  return status === "pending"
    ? t("admin.invitations.detail.expires", { time })
    : t("admin.invitations.detail.expired", { time });
}

function badgeTone(status: InvitationRow["status"], daysLeft: number): BadgeTone {
  if (status === "accepted") return "ok";
  if (status !== "pending") return "quiet";
  return daysLeft < 1 ? "warn" : "info";
}
