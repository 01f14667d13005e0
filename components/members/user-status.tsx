import Check from "lucide-react/icons/check";
import { openDetail } from "@/components/invitations/invitation-status";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { ExpiryRing } from "@/components/ui/ring";
import type { UserRow } from "@/lib/members/queries/list";
import { USER_STATUS_NAMES, type UserStatus } from "@/lib/members/status";

const DAY = 24 * 60 * 60 * 1000;
const TONES: Record<UserStatus, BadgeTone> = {
  active: "ok",
  invited: "info",
  expired: "quiet",
  blocked: "bad",
  removed: "quiet",
};

/** Active, Invited, Invitation expired, Blocked; and whether the address was proven (REQ-F1, REQ-D9). */
export function UserStatusBadge({ row }: { row: UserRow }) {
  const { status, invitation, now } = row;
  const left =
    status === "invited" && invitation ? (invitation.expiresAt.getTime() - now.getTime()) / DAY : 0;
  const mark = invitation ? (
    <ExpiryRing days={invitation.expiryDays} left={left} />
  ) : status === "active" ? (
    <Check size={16} aria-hidden />
  ) : undefined;
  return (
    <>
      <Badge tone={status === "invited" && left < 1 ? "warn" : TONES[status]} mark={mark}>
        {USER_STATUS_NAMES[status]}
      </Badge>
      {invitation ? (
        <small className="first-letter:uppercase">
          {openDetail({ ...invitation, status: status === "invited" ? "pending" : "expired", now })}
        </small>
      ) : row.addressConfirmed || status === "removed" ? null : (
        <small>Address not confirmed</small>
      )}
    </>
  );
}
