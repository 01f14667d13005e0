import { PASSWORD_WORDS } from "@/lib/accounts/messages";
import type { BadPassword } from "@/lib/accounts/password";
import type { Words } from "@/lib/kit/outcome";

export type SetupRefusal = "wrong-token" | "already-set-up" | "slug-taken" | "too-many" | BadPassword;

export const SETUP_WORDS: Words<SetupRefusal> = {
  ...PASSWORD_WORDS,
  "wrong-token":
    "This is not the setup token. Copy it again from the log of the running Foyer: each start prints a new one.",
  "already-set-up": "Somebody has set this Foyer up meanwhile. Log in instead.",
  "slug-taken": "Another organization has this address already. Choose another one.",
  "too-many": ({ wait }) => `Too many tries. Come back in ${wait}.`,
};

export type DemoRefusal = "no-demo" | "operators-only";

export const DEMO_WORDS: Words<DemoRefusal> = {
  "no-demo": "The demo organization was removed already.",
  "operators-only": "Only an operator of this Foyer can remove the demo organization.",
};
