import type { Words } from "@/lib/kit/outcome";

export type VouchRefusal = "owners-only" | "nothing-to-confirm";

export const VOUCH_WORDS: Words<VouchRefusal> = {
  "owners-only": "Only an Owner can vouch for an address.",
  "nothing-to-confirm":
    "There is nothing to confirm any more: reload the page to see this user as they are now.",
};

export type UserListRefusal = "search-too-slow" | "list-too-slow";

export const USER_LIST_WORDS: Record<UserListRefusal, string> = {
  "search-too-slow":
    "Too many users would have to be looked at. Type more letters of the name or address, and take out other filters.",
  "list-too-slow":
    "This combination is too much for a list of this size. Take out a filter, or go back to the usual order.",
};
