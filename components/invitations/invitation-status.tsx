import Check from "lucide-react/icons/check";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { relativeTime } from "@/components/ui/relative-time";
import { ExpiryRing } from "@/components/ui/ring";
import type { InvitationRow } from "@/lib/invitations/queries/list";
import { STATUS_NAMES } from "@/lib/invitations/status";
import { DELIVERY_NAMES, deliveryWords } from "@/lib/letters/states";

const DAY = 24 * 60 * 60 * 1000;

/** The status word with the expiry ring, and below it what is known of delivery and time (R C10). */
export function InvitationStatusBadge({ row }: { row: InvitationRow }) {
  const { status, delivery, expiresAt, now } = row;
  const left = status === "pending" ? (expiresAt.getTime() - now.getTime()) / DAY : 0;
  const trouble = status === "pending" && (delivery === "bounced" || delivery === "failed");
  const isOpen = status === "pending" || status === "expired";
  const tick = status === "accepted" ? <Check size={16} aria-hidden /> : undefined;
  return (
    <>
      <Badge
        tone={trouble ? "bad" : toneOf(status, left)}
        mark={isOpen ? <ExpiryRing days={row.expiryDays} left={left} /> : tick}
      >
        {trouble ? DELIVERY_NAMES[delivery] : STATUS_NAMES[status]}
      </Badge>
      <small className="first-letter:uppercase">{detailOf(row, trouble)}</small>
    </>
  );
}

function detailOf(
  { status, delivery, deliveryDetail, expiresAt, settledAt, now }: InvitationRow,
  trouble: boolean,
) {
  if (trouble && deliveryDetail) return deliveryDetail;
  if (status === "pending")
    return `${deliveryWords(delivery, deliveryDetail)} · expires ${relativeTime(expiresAt, now)}`;
  if (status === "expired" || !settledAt) return `Expired ${relativeTime(expiresAt, now)}`;
  return `${status === "accepted" ? "Joined" : STATUS_NAMES[status]} ${relativeTime(settledAt, now)}`;
}

function toneOf(status: InvitationRow["status"], daysLeft: number): BadgeTone {
  if (status === "accepted") return "ok";
  if (status !== "pending") return "quiet";
  return daysLeft < 1 ? "warn" : "info";
}
