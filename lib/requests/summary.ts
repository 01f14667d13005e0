import type { BadAddress } from "@/lib/email-address/email-address";
import type { ApproveRefusal, DismissRefusal } from "@/lib/requests/messages";

const SHORT_COMMON = { "answered-meanwhile": "answered meanwhile", "not-found": "not found" };

/** What is said of several who got an answer, in the order of a summary; what an address cannot be is never asked for. */
export const REQUEST_SHORT = {
  approve: {
    done: "invited",
    "already-a-user": "already users",
    "already-invited": "already invited",
    blocked: "blocked",
    "refused-domain": "of a refused domain",
    "letters-bounced": "bounced for good before",
    "letters-complained": "marked a letter as spam before",
    "recipient-limit": "had their 5 letters of today",
    "your-limit": "beyond your 2,000 of today",
    ...SHORT_COMMON,
  },
  dismiss: { done: "dismissed", ...SHORT_COMMON },
} satisfies { approve: Short<Exclude<ApproveRefusal, BadAddress>>; dismiss: Short<DismissRefusal> };

/** One for each answer; an address that is asked for is one. */
type Short<Reason extends string> = Record<Reason | "done", string>;
