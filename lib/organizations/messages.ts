import { PASSWORD_WORDS } from "@/lib/accounts/messages";
import type { BadPassword } from "@/lib/crypto/password";
import { SIGNED_OUT_WORDS, type Words } from "@/lib/result/result";

export type SetupRefusal = "wrong-token" | "already-set-up" | "slug-taken" | "too-many" | BadPassword;

export const SETUP_WORDS: Words<SetupRefusal> = {
  ...PASSWORD_WORDS,
  "wrong-token":
    "This is not the setup token. Copy it again from the log of the running Foyer: each start prints a new one.",
  "already-set-up": "Somebody has set this Foyer up meanwhile. Log in instead.",
  "slug-taken": "Another organization has this address already. Choose another one.",
  "too-many": ({ wait }) => `Too many tries. Come back in ${wait}.`,
};

export type MakeRefusal = "signed-out" | "operators-only" | "slug-taken";

export const MAKE_WORDS: Words<MakeRefusal> = {
  "signed-out": SIGNED_OUT_WORDS,
  "operators-only": "Only an operator of this Foyer can make organizations.",
  "slug-taken": SETUP_WORDS["slug-taken"],
};

export type EraseOrganizationRefusal = "owners-only" | "is-demo" | "wrong-name" | "letter-on-its-way";

export const ERASE_ORGANIZATION_WORDS: Words<EraseOrganizationRefusal> = {
  "owners-only": "Only an Owner can erase the organization.",
  "is-demo": "This is the demo. An operator removes it with Remove demo.",
  "wrong-name": "This is not the organization's name. Type it as it stands above.",
  "letter-on-its-way": "A letter of this organization is being sent at this moment. Try again in a minute.",
};

export type DemoRefusal = "signed-out" | "no-demo" | "operators-only";

export const DEMO_WORDS: Words<DemoRefusal> = {
  "signed-out": SIGNED_OUT_WORDS,
  "no-demo": "The demo organization was removed already.",
  "operators-only": "Only an operator of this Foyer can remove the demo organization.",
};
