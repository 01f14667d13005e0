import type { InvalidAddressReason } from "@/lib/email-address/email-address";
import type { MessageKey } from "@/lib/i18n/messages";
import type { ApproveRequestRefusal, DismissRequestRefusal } from "@/lib/requests/messages";

const COMMON_SUMMARY = {
  "already-answered": "admin.requests.bulk.summary.already-answered",
  "not-found": "admin.requests.bulk.summary.not-found",
} as const;

/**
 * The messages for the summary of a bulk action, in display order. Reasons for invalid addresses are missing,
 * because requests have valid ones.
 */
export const REQUEST_BULK_SUMMARY = {
  approve: {
    done: "admin.requests.bulk.approve.summary.done",
    "already-a-user": "admin.requests.bulk.approve.summary.already-a-user",
    "already-invited": "admin.requests.bulk.approve.summary.already-invited",
    blocked: "admin.requests.bulk.approve.summary.blocked",
    "refused-domain": "admin.requests.bulk.approve.summary.refused-domain",
    "suppressed-bounced": "admin.requests.bulk.approve.summary.suppressed-bounced",
    "suppressed-complained": "admin.requests.bulk.approve.summary.suppressed-complained",
    "recipient-limit": "admin.requests.bulk.approve.summary.recipient-limit",
    "your-limit": "admin.requests.bulk.approve.summary.your-limit",
    ...COMMON_SUMMARY,
  },
  dismiss: { done: "admin.requests.bulk.dismiss.summary.done", ...COMMON_SUMMARY },
} as const satisfies {
  approve: Summary<Exclude<ApproveRequestRefusal, InvalidAddressReason>>;
  dismiss: Summary<DismissRequestRefusal>;
};

type Summary<Reason extends string> = Record<Reason | "done", MessageKey>;
