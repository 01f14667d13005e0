import Check from "lucide-react/icons/check";
import { describeOpenInvitation } from "@/components/invitations/invitation-status";
import styles from "@/components/invitations/invitation-status.module.css";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { ExpiryRing } from "@/components/ui/expiry-ring";
import type { UserRow } from "@/lib/members/queries/list";
import { USER_STATUS_NAMES, type UserStatus } from "@/lib/members/status";

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
        {USER_STATUS_NAMES[status]}
      </Badge>
      {invitation ? (
        <small className={styles.detail}>
          {describeOpenInvitation({
            ...invitation,
            status: status === "invited" ? "pending" : "expired",
            now,
          })}
        </small>
      ) : row.addressConfirmed || status === "removed" ? null : (
        <small>Address not confirmed</small>
      )}
    </>
  );
}
