import type { PasswordProblem } from "@/lib/crypto/password";
import type { Messages } from "@/lib/result/result";

export const PASSWORD_MESSAGES: Messages<PasswordProblem> = {
  "password-short": "Choose a password of at least 8 characters.",
  "password-long": "Choose a password of at most 256 characters.",
  "password-common": "This password is too easy to guess. Choose another.",
};

export type SignInRefusal = "wrong-credentials" | "too-many";

export const SIGN_IN_MESSAGES: Messages<SignInRefusal> = {
  "wrong-credentials": "Address and password do not fit together. Check both and try again.",
  "too-many": ({ wait }) => `Too many tries. Come back in ${wait}.`,
};

export type LinkRefusal = "invalid-link" | "too-many";

export const LINK_MESSAGES: Messages<LinkRefusal> = {
  "invalid-link": "This link was used already, has ended, or never existed.",
  "too-many": ({ wait }) => `Too many tries. Come back in ${wait}.`,
};

export type RequestMagicLinkRefusal = "not-an-address" | "too-many-emails";

export const REQUEST_MAGIC_LINK_MESSAGES: Messages<RequestMagicLinkRefusal> = {
  "not-an-address": "Enter a valid email address, like name@example.com.",
  "too-many-emails": ({ wait }) =>
    `Too many emails requested. The ones you have still work. Try again in ${wait}.`,
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
  "password-missing": "Choose a new password: this makes the account yours alone.",
};

/** The refusal that every command of the account page can return. */
export type OwnAccountRefusal = "account-changed";

export const OWN_ACCOUNT_MESSAGES: Messages<OwnAccountRefusal> = {
  "account-changed": "Your session ended or your account changed. Nothing was saved. Reload the page.",
};

export type ReauthenticationRefusal =
  | OwnAccountRefusal
  | "current-missing"
  | "wrong-current"
  | "sign-in-again"
  | "too-many";

const REAUTHENTICATION_MESSAGES: Messages<ReauthenticationRefusal> = {
  ...OWN_ACCOUNT_MESSAGES,
  "current-missing": "Give your current password.",
  "wrong-current": "This is not your current password.",
  "sign-in-again":
    "Your account has no password, so a sign-in of the last 15 minutes is asked for. Log out, log in, and try again.",
  "too-many": ({ wait }) => `Too many tries. Come back in ${wait}.`,
};

export type ChangePasswordRefusal = ReauthenticationRefusal | PasswordProblem;

export const CHANGE_PASSWORD_MESSAGES: Messages<ChangePasswordRefusal> = {
  ...REAUTHENTICATION_MESSAGES,
  ...PASSWORD_MESSAGES,
};

export type RemoveSignInMethodRefusal = OwnAccountRefusal | "last-sign-in-method";

export const REMOVE_SIGN_IN_METHOD_MESSAGES: Messages<RemoveSignInMethodRefusal> = {
  ...OWN_ACCOUNT_MESSAGES,
  "last-sign-in-method": "This is your only way in. Choose a password first.",
};

export type ResendConfirmationRefusal = OwnAccountRefusal | "already-confirmed" | "recipient-limit";

export const RESEND_CONFIRMATION_MESSAGES: Messages<ResendConfirmationRefusal> = {
  ...OWN_ACCOUNT_MESSAGES,
  "already-confirmed": "Your address is already confirmed. Reload the page.",
  "recipient-limit":
    "You've reached today's limit of 5 emails. Check your spam folder, or try again tomorrow.",
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
  "no-address": "This is not an email address. It looks like name@example.com.",
  "demo-address": "Addresses ending in .example can't receive email. Use another one.",
  "same-address": "This is the address you have.",
  "confirm-first": "Confirm the address you have first.",
  "recipient-limit": "One of the two addresses has reached today's limit of 5 emails. Try again tomorrow.",
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
  "sign-in-first": "Log in to the account whose address is to change, then press here.",
  "another-account": "You are signed in with another account. Log in to the one whose address is to change.",
  "address-taken":
    "There is an account with this address already, so the change has ended. Log in to that one, or choose another address.",
  "change-expired": "This change has expired or was canceled. Request it again.",
};
