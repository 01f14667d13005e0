import { PASSWORD_MESSAGES } from "@/lib/accounts/messages";
import type { PasswordProblem } from "@/lib/crypto/password";
import type { Messages } from "@/lib/result/result";

export type SetupRefusal = "wrong-token" | "already-set-up" | "slug-taken" | "too-many" | PasswordProblem;

export const SETUP_MESSAGES: Messages<SetupRefusal> = {
  ...PASSWORD_MESSAGES,
  "wrong-token": "organizations.refusals.wrong-token",
  "already-set-up": "organizations.refusals.already-set-up",
  "slug-taken": "organizations.refusals.slug-taken",
  "too-many": "errors.actions.too-many",
};

export type CreateOrganizationRefusal = "signed-out" | "operators-only" | "slug-taken";

export const CREATE_ORGANIZATION_MESSAGES: Messages<CreateOrganizationRefusal> = {
  "signed-out": "errors.actions.signed-out",
  "operators-only": "organizations.refusals.create-operators-only",
  "slug-taken": "organizations.refusals.slug-taken",
};

export type EraseOrganizationRefusal = "owners-only" | "is-demo" | "wrong-name" | "email-being-sent";

export const ERASE_ORGANIZATION_MESSAGES: Messages<EraseOrganizationRefusal> = {
  "owners-only": "admin.settings.refusals.owners-only",
  "is-demo": "admin.settings.refusals.is-demo",
  "wrong-name": "admin.refusals.wrong-name",
  "email-being-sent": "admin.settings.refusals.email-being-sent",
};

export type RemoveDemoRefusal = "signed-out" | "no-demo" | "operators-only";

export const REMOVE_DEMO_MESSAGES: Messages<RemoveDemoRefusal> = {
  "signed-out": "errors.actions.signed-out",
  "no-demo": "admin.demo.refusals.no-demo",
  "operators-only": "admin.demo.refusals.operators-only",
};
