import type { Words } from "@/lib/kit/outcome";

export type VouchRefusal = "owners-only" | "nothing-to-confirm";

export const VOUCH_WORDS: Words<VouchRefusal> = {
  "owners-only": "Only an Owner can vouch for an address.",
  "nothing-to-confirm":
    "There is nothing to confirm any more: reload the page to see this user as they are now.",
};
