import { PASSWORD_MESSAGES } from "@/lib/accounts/messages";
import type { BadPassword } from "@/lib/crypto/password";
import { type Messages, SIGNED_OUT_MESSAGE } from "@/lib/result/result";

export type SetupRefusal = "wrong-token" | "already-set-up" | "slug-taken" | "too-many" | BadPassword;

export const SETUP_MESSAGES: Messages<SetupRefusal> = {
  ...PASSWORD_MESSAGES,
  "wrong-token":
    "This is not the setup token. Copy it again from the log of the running Foyer: each start prints a new one.",
  "already-set-up": "Somebody has set this Foyer up meanwhile. Log in instead.",
  "slug-taken": "Another organization has this address already. Choose another one.",
  "too-many": ({ wait }) => `Too many tries. Come back in ${wait}.`,
};

export type MakeRefusal = "signed-out" | "operators-only" | "slug-taken";

export const MAKE_MESSAGES: Messages<MakeRefusal> = {
  "signed-out": SIGNED_OUT_MESSAGE,
  "operators-only": "Only an operator of this Foyer can make organizations.",
  "slug-taken": SETUP_MESSAGES["slug-taken"],
};

export type EraseOrganizationRefusal = "owners-only" | "is-demo" | "wrong-name" | "letter-on-its-way";

export const ERASE_ORGANIZATION_MESSAGES: Messages<EraseOrganizationRefusal> = {
  "owners-only": "Only an Owner can erase the organization.",
  "is-demo": "This is the demo. An operator removes it with Remove demo.",
  "wrong-name": "This is not the organization's name. Type it as it stands above.",
  "letter-on-its-way": "A letter of this organization is being sent at this moment. Try again in a minute.",
};

export type DemoRefusal = "signed-out" | "no-demo" | "operators-only";

export const DEMO_MESSAGES: Messages<DemoRefusal> = {
  "signed-out": SIGNED_OUT_MESSAGE,
  "no-demo": "The demo organization was removed already.",
  "operators-only": "Only an operator of this Foyer can remove the demo organization.",
};
