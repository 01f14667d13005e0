import Check from "lucide-react/icons/check";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { relativeTime } from "@/components/ui/relative-time";
import { ExpiryRing } from "@/components/ui/ring";
import type { InvitationRow } from "@/lib/invitations/queries/list";
import { STATUS_NAMES } from "@/lib/invitations/status";
import { STOP_MESSAGES } from "@/lib/mail/bounces";
import { DELIVERY_NAMES, deliveryWords } from "@/lib/mail/states";

const DAY = 24 * 60 * 60 * 1000;

/** The status word with the expiry ring, and below it what is known of delivery and time (REQ-C10). */
export function InvitationStatusBadge({ row }: { row: InvitationRow }) {
  const { status, delivery, expiresAt, now } = row;
  const left = status === "pending" ? (expiresAt.getTime() - now.getTime()) / DAY : 0;
  const trouble = isInTrouble(row);
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
      <small className="first-letter:uppercase">{detailOf(row)}</small>
      {isOpen && row.emailSuppression ? <small>{STOP_MESSAGES[row.emailSuppression]}</small> : null}
    </>
  );
}

function isInTrouble({ status, delivery }: InvitationRow): boolean {
  return status === "pending" && (delivery === "bounced" || delivery === "failed");
}

function detailOf(row: InvitationRow): string {
  const { deliveryDetail, settledAt, declineReason, now } = row;
  if (settledAt)
    return [relativeTime(settledAt, now), declineReason && `“${declineReason}”`].filter(Boolean).join(": ");
  return isInTrouble(row) ? (deliveryDetail ?? expiryOf(row)) : openDetail(row);
}

/** Where the letter of an open invitation is, and how long it has (REQ-C10): "Delivered · expires in 5 days". */
export function openDetail(
  row: Pick<InvitationRow, "status" | "delivery" | "deliveryDetail" | "expiresAt" | "now">,
): string {
  const delivery = `${deliveryWords(row.delivery, row.deliveryDetail)} · `;
  return (row.status === "pending" ? delivery : "") + expiryOf(row);
}

function expiryOf({ status, expiresAt, now }: Pick<InvitationRow, "status" | "expiresAt" | "now">): string {
  return `${status === "pending" ? "expires" : "expired"} ${relativeTime(expiresAt, now)}`;
}

function toneOf(status: InvitationRow["status"], daysLeft: number): BadgeTone {
  if (status === "accepted") return "ok";
  if (status !== "pending") return "quiet";
  return daysLeft < 1 ? "warn" : "info";
}
