import type { InvalidAddressReason } from "@/lib/email-address/email-address";
import type { ApproveRequestRefusal, DismissRequestRefusal } from "@/lib/requests/messages";

const COMMON_SUMMARY = { "already-answered": "already answered", "not-found": "not found" };

/**
 * Texts for the summary of a bulk action, in display order. Reasons for invalid addresses are missing,
 * because requests have valid ones.
 */
export const REQUEST_BULK_SUMMARY = {
  approve: {
    done: "invited",
    "already-a-user": "already users",
    "already-invited": "already invited",
    blocked: "blocked",
    "refused-domain": "of a refused domain",
    "suppressed-bounced": "bounced",
    "suppressed-complained": "marked an email as spam",
    "recipient-limit": "at today's email limit",
    "your-limit": "beyond your 2,000 of today",
    ...COMMON_SUMMARY,
  },
  dismiss: { done: "dismissed", ...COMMON_SUMMARY },
} satisfies {
  approve: Summary<Exclude<ApproveRequestRefusal, InvalidAddressReason>>;
  dismiss: Summary<DismissRequestRefusal>;
};

type Summary<Reason extends string> = Record<Reason | "done", string>;
