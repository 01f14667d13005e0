"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { cancelEmailChange } from "@/lib/accounts/commands/cancel-email-change";
import { changePassword } from "@/lib/accounts/commands/change-password";
import { confirmAddress } from "@/lib/accounts/commands/confirm-address";
import { confirmEmailChange } from "@/lib/accounts/commands/confirm-email-change";
import { endAllOtherSessions, endOtherSession } from "@/lib/accounts/commands/end-sessions";
import { removeSignInMethod } from "@/lib/accounts/commands/remove-sign-in-method";
import { renameAccount } from "@/lib/accounts/commands/rename-account";
import { requestEmailChange } from "@/lib/accounts/commands/request-email-change";
import { requestMagicLink } from "@/lib/accounts/commands/request-magic-link";
import { resendConfirmation } from "@/lib/accounts/commands/resend-confirmation";
import {
  CHANGE_PASSWORD_MESSAGES,
  CLAIM_MESSAGES,
  CONFIRM_EMAIL_CHANGE_MESSAGES,
  OWN_ACCOUNT_MESSAGES,
  REMOVE_SIGN_IN_METHOD_MESSAGES,
  REQUEST_EMAIL_CHANGE_MESSAGES,
  REQUEST_MAGIC_LINK_MESSAGES,
  RESEND_CONFIRMATION_MESSAGES,
} from "@/lib/accounts/messages";
import { findEmailChange } from "@/lib/accounts/queries";
import { resolveReturnPath } from "@/lib/accounts/return-path";
import {
  accountInput,
  changePasswordInput,
  claimInput,
  linkInput,
  renameAccountInput,
  requestEmailChangeInput,
  requestMagicLinkInput,
  sessionInput,
  signInMethodInput,
} from "@/lib/accounts/schema";
import { defineOwnAction, definePublicAction } from "@/lib/actions/define-action";
import { endCurrentSession } from "@/lib/auth/config";
import { signInAccount } from "@/lib/auth/current";
import type { SignedInAccount } from "@/lib/auth/session";
import { env } from "@/lib/config/env";
import { done, type Result } from "@/lib/result/result";

export const logOutAction = definePublicAction({
  input: z.object({ callbackUrl: z.string().max(2000).optional() }),
  messages: {},
  handler: async () => {
    await endCurrentSession();
    return done(null);
  },
  onSuccess: async (_, { callbackUrl }) => redirect(resolveReturnPath(callbackUrl, env().origin, "/login")),
});

export const requestMagicLinkAction = definePublicAction({
  input: requestMagicLinkInput,
  messages: REQUEST_MAGIC_LINK_MESSAGES,
  handler: ({ ip }, input) => requestMagicLink(ip, input),
});

export const confirmAddressAction = definePublicAction({
  input: claimInput,
  messages: CLAIM_MESSAGES,
  handler: ({ ip, account }, input) => confirmAddress(ip, account, input),
  onSuccess: async ({ accountId, newPassword }) => {
    if (newPassword) await signInAccount(accountId);
    redirect("/");
  },
});

export const renameAccountAction = defineOwnAction({
  input: renameAccountInput,
  messages: OWN_ACCOUNT_MESSAGES,
  handler: ({ account }, input) => renameAccount(account, input),
});

export const changePasswordAction = defineOwnAction({
  input: changePasswordInput,
  messages: CHANGE_PASSWORD_MESSAGES,
  handler: ({ ip, account }, input) => changePassword(ip, account, input),
  onSuccess: ({ accountId }) => signInAccount(accountId),
});

export const resendConfirmationAction = defineOwnAction({
  input: accountInput,
  messages: RESEND_CONFIRMATION_MESSAGES,
  handler: ({ account }) => resendConfirmation(account),
});

export const removeSignInMethodAction = defineOwnAction({
  input: signInMethodInput,
  messages: REMOVE_SIGN_IN_METHOD_MESSAGES,
  handler: ({ account }, method) =>
    removeSignInMethod(account, { issuer: method.issuer, subject: method.subject }),
});

export const endOtherSessionAction = defineOwnAction({
  input: sessionInput,
  messages: {},
  handler: ({ account }, input) => endOtherSession(account, input),
});

export const endAllOtherSessionsAction = defineOwnAction({
  input: accountInput,
  messages: OWN_ACCOUNT_MESSAGES,
  handler: ({ account }) => endAllOtherSessions(account),
});

export const requestEmailChangeAction = defineOwnAction({
  input: requestEmailChangeInput,
  messages: REQUEST_EMAIL_CHANGE_MESSAGES,
  handler: async ({ ip, account }, input) =>
    withEmailChange(account, await requestEmailChange(ip, account, input)),
});

export const cancelEmailChangeAction = defineOwnAction({
  input: accountInput,
  messages: OWN_ACCOUNT_MESSAGES,
  handler: async ({ account }) => withEmailChange(account, await cancelEmailChange(account)),
});

export const confirmEmailChangeAction = definePublicAction({
  input: linkInput,
  messages: CONFIRM_EMAIL_CHANGE_MESSAGES,
  handler: ({ ip, account }, input) => confirmEmailChange(ip, account, input),
  onSuccess: async () => redirect("/account"),
});

/** Returns the pending change of address after a command, so the page can show it immediately. */
async function withEmailChange<Reason extends string>(
  account: SignedInAccount,
  result: Result<null, Reason>,
) {
  return result.ok ? done(await findEmailChange(account)) : result;
}
