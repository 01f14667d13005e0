import { type Bounce, describeBounce } from "@/lib/mail/bounces";
import type { DeliveryStatus } from "@/lib/mail/delivery-status";

/** Events that change the delivery status of an email, least final first. Opening an email is not one (REQ-C10). */
export const DELIVERY_EVENT_TYPES = [
  "sent",
  "delayed",
  "failed",
  "delivered",
  "bounced",
  "complained",
] as const;

export type DeliveryEventType = (typeof DELIVERY_EVENT_TYPES)[number];

/** An event about one email; `at` is the time by the provider's clock. */
export type DeliveryEvent = {
  id: string;
  type: DeliveryEventType;
  at: Date;
  /** Only for the type "bounced". */
  bounce?: Bounce;
  /** Only for the type "failed": the provider's explanation. */
  reason?: string;
};

/**
 * Returns the delivery status after all events of an email, or null if there are none. The result depends only on the set
 * of events, not on their order or repetition. The most final event decides, whatever the clocks say: an email that was
 * delivered and then bounced did not arrive, and one that was delayed and then delivered did.
 */
export function statusAfterEvents(
  events: readonly DeliveryEvent[],
): { state: DeliveryStatus; detail: string | null } | null {
  const [decisive] = [...events].sort(compareByFinality);
  return decisive ? { state: decisive.type, detail: detailOf(decisive) } : null;
}

/** Sorts the most final event first; equal types by the latest time, then by id so that the order is stable. */
function compareByFinality(a: DeliveryEvent, b: DeliveryEvent): number {
  return (
    DELIVERY_EVENT_TYPES.indexOf(b.type) - DELIVERY_EVENT_TYPES.indexOf(a.type) ||
    b.at.getTime() - a.at.getTime() ||
    Number(b.id > a.id) - Number(b.id < a.id)
  );
}

function detailOf({ type, bounce, reason }: DeliveryEvent): string | null {
  if (bounce) return describeBounce(bounce);
  if (type === "delayed") return "the mail server hasn't accepted it yet; the email provider keeps trying";
  if (type !== "failed") return null;
  return reason
    ? `the email provider didn't send it: ${reason}`
    : "the email provider didn't send it (no reason given)";
}
