import Check from "lucide-react/icons/check";
import { useLocale, useTranslations } from "next-intl";
import { describeOpenInvitation } from "@/components/invitations/invitation-status";
import styles from "@/components/invitations/invitation-status.module.css";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { ExpiryRing } from "@/components/ui/expiry-ring";
import type { UserRow } from "@/lib/members/queries/list";
import type { UserStatus } from "@/lib/members/status";

/** In milliseconds. */
const DAY = 24 * 60 * 60 * 1000;
const TONES: Record<UserStatus, BadgeTone> = {
  active: "ok",
  invited: "info",
  expired: "quiet",
  blocked: "bad",
  removed: "quiet",
};

/**
 * The status of a user, with the delivery of an open invitation, or an unconfirmed address (REQ-F1, REQ-D9).
 */
export function UserStatusBadge({ row }: { row: UserRow }) {
  const t = useTranslations();
  const locale = useLocale();
  const { status, invitation, now } = row;
  const daysLeft =
    status === "invited" && invitation ? (invitation.expiresAt.getTime() - now.getTime()) / DAY : 0;
  const icon = invitation ? (
    <ExpiryRing days={invitation.expiryDays} left={daysLeft} />
  ) : status === "active" ? (
    <Check size={16} aria-hidden />
  ) : undefined;
  return (
    <>
      <Badge tone={status === "invited" && daysLeft < 1 ? "warn" : TONES[status]} icon={icon}>
        {t(`admin.users.status.${status}`)}
      </Badge>
      {invitation ? (
        <small className={styles.detail}>
          {describeOpenInvitation(
            { t, locale },
            { ...invitation, status: status === "invited" ? "pending" : "expired", now },
          )}
        </small>
      ) : row.addressConfirmed || status === "removed" ? null : (
        <small>{t("admin.users.addressNotConfirmed")}</small>
      )}
    </>
  );
}
