import type { PasswordProblem } from "@/lib/crypto/password";
import type { Messages } from "@/lib/result/result";

export const PASSWORD_MESSAGES: Messages<PasswordProblem> = {
  "password-short": "accounts.refusals.password-short",
  "password-long": "errors.fields.password-too-long",
  "password-common": "accounts.refusals.password-common",
};

export type SignInRefusal = "wrong-credentials" | "too-many";

export const SIGN_IN_MESSAGES: Messages<SignInRefusal> = {
  "wrong-credentials": "accounts.refusals.wrong-credentials",
  "too-many": "errors.actions.too-many",
};

export type LinkRefusal = "invalid-link" | "too-many";

export const LINK_MESSAGES: Messages<LinkRefusal> = {
  "invalid-link": "accounts.refusals.invalid-link",
  "too-many": "errors.actions.too-many",
};

export type RequestMagicLinkRefusal = "not-an-address" | "too-many-emails";

export const REQUEST_MAGIC_LINK_MESSAGES: Messages<RequestMagicLinkRefusal> = {
  "not-an-address": "errors.fields.email-invalid",
  "too-many-emails": "accounts.refusals.too-many-emails",
};

export type ResetPasswordRefusal = LinkRefusal | PasswordProblem;

export const RESET_PASSWORD_MESSAGES: Messages<ResetPasswordRefusal> = {
  ...LINK_MESSAGES,
  ...PASSWORD_MESSAGES,
};

export type ClaimRefusal = LinkRefusal | PasswordProblem | "password-missing";

export const CLAIM_MESSAGES: Messages<ClaimRefusal> = {
  ...LINK_MESSAGES,
  ...PASSWORD_MESSAGES,
  "password-missing": "accounts.refusals.password-missing",
};

/** The refusal that every command of the account page can return. */
export type OwnAccountRefusal = "account-changed";

export const OWN_ACCOUNT_MESSAGES: Messages<OwnAccountRefusal> = {
  "account-changed": "accounts.refusals.account-changed",
};

export type ReauthenticationRefusal =
  | OwnAccountRefusal
  | "current-missing"
  | "wrong-current"
  | "sign-in-again"
  | "too-many";

const REAUTHENTICATION_MESSAGES: Messages<ReauthenticationRefusal> = {
  ...OWN_ACCOUNT_MESSAGES,
  "current-missing": "accounts.refusals.current-missing",
  "wrong-current": "accounts.refusals.wrong-current",
  "sign-in-again": "accounts.refusals.sign-in-again",
  "too-many": "errors.actions.too-many",
};

export type ChangePasswordRefusal = ReauthenticationRefusal | PasswordProblem;

export const CHANGE_PASSWORD_MESSAGES: Messages<ChangePasswordRefusal> = {
  ...REAUTHENTICATION_MESSAGES,
  ...PASSWORD_MESSAGES,
};

export type RemoveSignInMethodRefusal = OwnAccountRefusal | "last-sign-in-method";

export const REMOVE_SIGN_IN_METHOD_MESSAGES: Messages<RemoveSignInMethodRefusal> = {
  ...OWN_ACCOUNT_MESSAGES,
  "last-sign-in-method": "accounts.refusals.last-sign-in-method",
};

export type ResendConfirmationRefusal = OwnAccountRefusal | "already-confirmed" | "recipient-limit";

export const RESEND_CONFIRMATION_MESSAGES: Messages<ResendConfirmationRefusal> = {
  ...OWN_ACCOUNT_MESSAGES,
  "already-confirmed": "accounts.refusals.already-confirmed",
  "recipient-limit": "accounts.refusals.recipient-limit",
};

export type RequestEmailChangeRefusal =
  | ReauthenticationRefusal
  | "no-address"
  | "demo-address"
  | "same-address"
  | "confirm-first"
  | "recipient-limit";

export const REQUEST_EMAIL_CHANGE_MESSAGES: Messages<RequestEmailChangeRefusal> = {
  ...REAUTHENTICATION_MESSAGES,
  "no-address": "errors.fields.email-invalid",
  "demo-address": "errors.fields.demo-address",
  "same-address": "accounts.emailChange.refusals.same-address",
  "confirm-first": "accounts.emailChange.refusals.confirm-first",
  "recipient-limit": "accounts.emailChange.refusals.recipient-limit",
};

export type ConfirmEmailChangeRefusal =
  | LinkRefusal
  | OwnAccountRefusal
  | "sign-in-first"
  | "another-account"
  | "address-taken"
  | "change-expired";

export const CONFIRM_EMAIL_CHANGE_MESSAGES: Messages<ConfirmEmailChangeRefusal> = {
  ...LINK_MESSAGES,
  ...OWN_ACCOUNT_MESSAGES,
  "sign-in-first": "accounts.emailChange.refusals.sign-in-first",
  "another-account": "accounts.emailChange.refusals.another-account",
  "address-taken": "accounts.emailChange.refusals.address-taken",
  "change-expired": "accounts.emailChange.refusals.change-expired",
};
