import type { Words } from "@/lib/kit/outcome";

export type EraseRefusal = "owners-only" | "not-found" | "not-removed" | "wrong-name" | "letter-on-its-way";

export const ERASE_WORDS: Words<EraseRefusal> = {
  "owners-only": "Only an Owner can erase somebody.",
  "not-found": "This person does not exist here, or was erased already.",
  "not-removed": "Only who was removed can be erased. Remove this user, or revoke the invitation, first.",
  "wrong-name": "This is not the name. Type it as it stands above.",
  "letter-on-its-way":
    "A letter that names this person is being sent at this moment. Try again in a few minutes.",
};

export type VouchRefusal = "owners-only" | "nothing-to-confirm";

export const VOUCH_WORDS: Words<VouchRefusal> = {
  "owners-only": "Only an Owner can vouch for an address.",
  "nothing-to-confirm":
    "There is nothing to confirm any more: reload the page to see this user as they are now.",
};
