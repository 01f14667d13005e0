import type { BadPassword } from "@/lib/crypto/password";
import type { Messages } from "@/lib/result/result";

export const PASSWORD_MESSAGES: Messages<BadPassword> = {
  "password-short": "Choose a password of at least 8 characters.",
  "password-long": "Choose a password of at most 256 characters.",
  "password-common": "This password is among the first that anybody would guess. Choose another one.",
};

export type SignInRefusal = "wrong-credentials" | "too-many";

export const SIGN_IN_MESSAGES: Messages<SignInRefusal> = {
  "wrong-credentials": "Address and password do not fit together. Check both and try again.",
  "too-many": ({ wait }) => `Too many tries. Come back in ${wait}.`,
};

export type LinkRefusal = "dead-link" | "too-many";

export const LINK_MESSAGES: Messages<LinkRefusal> = {
  "dead-link": "This link was used already, has ended, or never existed.",
  "too-many": ({ wait }) => `Too many tries. Come back in ${wait}.`,
};

export type WishRefusal = "not-an-address" | "too-many-letters";

export const WISH_MESSAGES: Messages<WishRefusal> = {
  "not-an-address": "This is no email address. Look at it again.",
  "too-many-letters": ({ wait }) =>
    `Too many letters were asked for. Those that came still work; ask again in ${wait}.`,
};

export type ResetRefusal = LinkRefusal | BadPassword;

export const RESET_MESSAGES: Messages<ResetRefusal> = { ...LINK_MESSAGES, ...PASSWORD_MESSAGES };

export type ConfirmRefusal = LinkRefusal | BadPassword | "password-missing";

export const CONFIRM_MESSAGES: Messages<ConfirmRefusal> = {
  ...LINK_MESSAGES,
  ...PASSWORD_MESSAGES,
  "password-missing": "Choose a new password: this makes the account yours alone.",
};

/** What every command of the own page may find. */
export type OwnRefusal = "changed-meanwhile";

export const OWN_MESSAGES: Messages<OwnRefusal> = {
  "changed-meanwhile":
    "Your session ended, or your account changed, a moment ago. Nothing more was done; open this page anew.",
};

export type ProofRefusal = OwnRefusal | "current-missing" | "wrong-current" | "sign-in-again" | "too-many";

const PROOF_MESSAGES: Messages<ProofRefusal> = {
  ...OWN_MESSAGES,
  "current-missing": "Give your current password.",
  "wrong-current": "This is not your current password.",
  "sign-in-again":
    "Your account has no password, so a sign-in of the last 15 minutes is asked for. Log out, log in, and try again.",
  "too-many": ({ wait }) => `Too many tries. Come back in ${wait}.`,
};

export type ChangePasswordRefusal = ProofRefusal | BadPassword;

export const CHANGE_PASSWORD_MESSAGES: Messages<ChangePasswordRefusal> = {
  ...PROOF_MESSAGES,
  ...PASSWORD_MESSAGES,
};

export type RemoveMethodRefusal = OwnRefusal | "last-way";

export const REMOVE_METHOD_MESSAGES: Messages<RemoveMethodRefusal> = {
  ...OWN_MESSAGES,
  "last-way": "This is your only way in. Choose a password first.",
};

export type SendConfirmationRefusal = OwnRefusal | "already-confirmed" | "recipient-limit";

export const SEND_CONFIRMATION_MESSAGES: Messages<SendConfirmationRefusal> = {
  ...OWN_MESSAGES,
  "already-confirmed": "Your address is confirmed already. Open this page anew.",
  "recipient-limit":
    "This mailbox got its five letters of today. Look in the junk folder, or try again tomorrow.",
};

export type AskToChangeAddressRefusal =
  | ProofRefusal
  | "no-address"
  | "never-mailed"
  | "same-address"
  | "confirm-first"
  | "mailbox-full";

export const ASK_TO_CHANGE_ADDRESS_MESSAGES: Messages<AskToChangeAddressRefusal> = {
  ...PROOF_MESSAGES,
  "no-address": "This is not an email address. It looks like name@example.com.",
  "never-mailed": "No letter ever reaches an .example address. Use your own.",
  "same-address": "This is the address you have.",
  "confirm-first": "Confirm the address you have first.",
  "mailbox-full": "One of the two mailboxes got its five letters of today. Try again tomorrow.",
};

export type AgreeRefusal =
  | LinkRefusal
  | OwnRefusal
  | "sign-in-first"
  | "another-account"
  | "address-taken"
  | "change-ended";

export const AGREE_MESSAGES: Messages<AgreeRefusal> = {
  ...LINK_MESSAGES,
  ...OWN_MESSAGES,
  "sign-in-first": "Log in to the account whose address is to change, then press here.",
  "another-account": "You are signed in with another account. Log in to the one whose address is to change.",
  "address-taken":
    "There is an account with this address already, so the change has ended. Log in to that one, or choose another address.",
  "change-ended": "This change cannot be made any more, and has ended. Ask for it anew.",
};
