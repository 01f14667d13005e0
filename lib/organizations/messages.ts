import { PASSWORD_MESSAGES } from "@/lib/accounts/messages";
import type { PasswordProblem } from "@/lib/crypto/password";
import { type Messages, SIGNED_OUT_MESSAGE } from "@/lib/result/result";

export type SetupRefusal = "wrong-token" | "already-set-up" | "slug-taken" | "too-many" | PasswordProblem;

export const SETUP_MESSAGES: Messages<SetupRefusal> = {
  ...PASSWORD_MESSAGES,
  "wrong-token":
    "This is not the setup token. Copy it again from the log of the running Foyer: each start prints a new one.",
  "already-set-up": "Foyer is already set up. Log in instead.",
  "slug-taken": "Another organization has this address already. Choose another one.",
  "too-many": ({ wait }) => `Too many tries. Come back in ${wait}.`,
};

export type CreateOrganizationRefusal = "signed-out" | "operators-only" | "slug-taken";

export const CREATE_ORGANIZATION_MESSAGES: Messages<CreateOrganizationRefusal> = {
  "signed-out": SIGNED_OUT_MESSAGE,
  "operators-only": "Only an operator of this Foyer can make organizations.",
  "slug-taken": SETUP_MESSAGES["slug-taken"],
};

export type EraseOrganizationRefusal = "owners-only" | "is-demo" | "wrong-name" | "email-being-sent";

export const ERASE_ORGANIZATION_MESSAGES: Messages<EraseOrganizationRefusal> = {
  "owners-only": "Only an Owner can erase the organization.",
  "is-demo": "This is the demo. An operator removes it with Remove demo.",
  "wrong-name": "The name doesn't match. Type it exactly as shown.",
  "email-being-sent": "An email from this organization is being sent. Try again in a minute.",
};

export type RemoveDemoRefusal = "signed-out" | "no-demo" | "operators-only";

export const REMOVE_DEMO_MESSAGES: Messages<RemoveDemoRefusal> = {
  "signed-out": SIGNED_OUT_MESSAGE,
  "no-demo": "The demo organization was removed already.",
  "operators-only": "Only an operator of this Foyer can remove the demo organization.",
};
