import Check from "lucide-react/icons/check";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { relativeTime } from "@/components/ui/relative-time";
import { ExpiryRing } from "@/components/ui/ring";
import { STOP_WORDS } from "@/lib/letters/bounces";
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

/** Active, Invited, Invitation expired, Blocked; and whether the address was proven (R F1, D9). */
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
      <Badge tone={TONES[status]} mark={mark}>
        {USER_STATUS_NAMES[status]}
      </Badge>
      {invitation ? (
        <small>
          {status === "invited" ? "Expires" : "Expired"} {relativeTime(invitation.expiresAt, now)}
        </small>
      ) : row.addressConfirmed || status === "removed" ? null : (
        <small>Address not confirmed</small>
      )}
      {row.lettersStopped ? <small>{STOP_WORDS[row.lettersStopped]}</small> : null}
    </>
  );
}
