"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { agreeToChange } from "@/lib/accounts/commands/agree-to-change";
import { askToChangeAddress } from "@/lib/accounts/commands/ask-to-change-address";
import { changePassword as change } from "@/lib/accounts/commands/change-password";
import { confirmAddress } from "@/lib/accounts/commands/confirm-address";
import { cancelAddressChange } from "@/lib/accounts/commands/end-address-change";
import { endAllOthers, endOther } from "@/lib/accounts/commands/end-sessions";
import { removeMethod } from "@/lib/accounts/commands/remove-method";
import { rename } from "@/lib/accounts/commands/rename";
import { sendConfirmation } from "@/lib/accounts/commands/send-confirmation";
import { wishLink } from "@/lib/accounts/commands/wish-link";
import {
  AGREE_MESSAGES,
  ASK_TO_CHANGE_ADDRESS_MESSAGES,
  CHANGE_PASSWORD_MESSAGES,
  CONFIRM_MESSAGES,
  OWN_MESSAGES,
  REMOVE_METHOD_MESSAGES,
  SEND_CONFIRMATION_MESSAGES,
  WISH_MESSAGES,
} from "@/lib/accounts/messages";
import { findAddressChange } from "@/lib/accounts/queries";
import { returnAddress } from "@/lib/accounts/return-address";
import {
  askToChangeAddressInput,
  changePasswordInput,
  confirmInput,
  linkInput,
  methodRef,
  ofAccount,
  renameInput,
  sessionRef,
  wishInput,
} from "@/lib/accounts/schema";
import { defineOwnAction, definePublicAction } from "@/lib/actions/define-action";
import { signOutHere } from "@/lib/auth/config";
import { signInHere } from "@/lib/auth/current";
import type { SignedIn } from "@/lib/auth/session";
import { env } from "@/lib/config/env";
import { done, type Result } from "@/lib/result/result";

export const logOut = definePublicAction({
  input: z.object({ callbackUrl: z.string().max(2000).optional() }),
  messages: {},
  handler: async () => {
    await signOutHere();
    return done(null);
  },
  onSuccess: async (_, { callbackUrl }) => redirect(returnAddress(callbackUrl, env().origin, "/login")),
});

export const wishForLink = definePublicAction({
  input: wishInput,
  messages: WISH_MESSAGES,
  handler: ({ ip }, input) => wishLink(ip, input),
});

export const confirmMailbox = definePublicAction({
  input: confirmInput,
  messages: CONFIRM_MESSAGES,
  handler: ({ ip, account }, input) => confirmAddress(ip, account, input),
  onSuccess: async ({ accountId, newPassword }) => {
    if (newPassword) await signInHere(accountId);
    redirect("/");
  },
});

export const changeName = defineOwnAction({
  input: renameInput,
  messages: OWN_MESSAGES,
  handler: ({ account }, input) => rename(account, input),
});

export const changePassword = defineOwnAction({
  input: changePasswordInput,
  messages: CHANGE_PASSWORD_MESSAGES,
  handler: ({ ip, account }, input) => change(ip, account, input),
  onSuccess: ({ accountId }) => signInHere(accountId),
});

export const sendConfirmationAgain = defineOwnAction({
  input: ofAccount,
  messages: SEND_CONFIRMATION_MESSAGES,
  handler: ({ account }) => sendConfirmation(account),
});

export const removeSignInMethod = defineOwnAction({
  input: methodRef,
  messages: REMOVE_METHOD_MESSAGES,
  handler: ({ account }, method) => removeMethod(account, { issuer: method.issuer, subject: method.subject }),
});

export const endOwnSession = defineOwnAction({
  input: sessionRef,
  messages: {},
  handler: ({ account }, input) => endOther(account, input),
});

export const endOtherSessions = defineOwnAction({
  input: ofAccount,
  messages: OWN_MESSAGES,
  handler: ({ account }) => endAllOthers(account),
});

export const changeAddress = defineOwnAction({
  input: askToChangeAddressInput,
  messages: ASK_TO_CHANGE_ADDRESS_MESSAGES,
  handler: async ({ ip, account }, input) =>
    withChange(account, await askToChangeAddress(ip, account, input)),
});

export const cancelChange = defineOwnAction({
  input: ofAccount,
  messages: OWN_MESSAGES,
  handler: async ({ account }) => withChange(account, await cancelAddressChange(account)),
});

export const agreeToAddressChange = definePublicAction({
  input: linkInput,
  messages: AGREE_MESSAGES,
  handler: ({ ip, account }, input) => agreeToChange(ip, account, input),
  onSuccess: async () => redirect("/account"),
});

/** The change of address that waits now: the page shows it at once. */
async function withChange<Reason extends string>(account: SignedIn, outcome: Result<null, Reason>) {
  return outcome.ok ? done(await findAddressChange(account)) : outcome;
}
