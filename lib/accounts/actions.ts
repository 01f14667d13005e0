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
  AGREE_WORDS,
  ASK_TO_CHANGE_ADDRESS_WORDS,
  CHANGE_PASSWORD_WORDS,
  CONFIRM_WORDS,
  OWN_WORDS,
  REMOVE_METHOD_WORDS,
  SEND_CONFIRMATION_WORDS,
  WISH_WORDS,
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
import { done, type Outcome } from "@/lib/result/result";

export const logOut = definePublicAction({
  input: z.object({ callbackUrl: z.string().max(2000).optional() }),
  words: {},
  run: async () => {
    await signOutHere();
    return done(null);
  },
  after: async (_, { callbackUrl }) => redirect(returnAddress(callbackUrl, env().origin, "/login")),
});

export const wishForLink = definePublicAction({
  input: wishInput,
  words: WISH_WORDS,
  run: ({ ip }, input) => wishLink(ip, input),
});

export const confirmMailbox = definePublicAction({
  input: confirmInput,
  words: CONFIRM_WORDS,
  run: ({ ip, account }, input) => confirmAddress(ip, account, input),
  after: async ({ accountId, newPassword }) => {
    if (newPassword) await signInHere(accountId);
    redirect("/");
  },
});

export const changeName = defineOwnAction({
  input: renameInput,
  words: OWN_WORDS,
  run: ({ account }, input) => rename(account, input),
});

export const changePassword = defineOwnAction({
  input: changePasswordInput,
  words: CHANGE_PASSWORD_WORDS,
  run: ({ ip, account }, input) => change(ip, account, input),
  after: ({ accountId }) => signInHere(accountId),
});

export const sendConfirmationAgain = defineOwnAction({
  input: ofAccount,
  words: SEND_CONFIRMATION_WORDS,
  run: ({ account }) => sendConfirmation(account),
});

export const removeSignInMethod = defineOwnAction({
  input: methodRef,
  words: REMOVE_METHOD_WORDS,
  run: ({ account }, method) => removeMethod(account, { issuer: method.issuer, subject: method.subject }),
});

export const endOwnSession = defineOwnAction({
  input: sessionRef,
  words: {},
  run: ({ account }, input) => endOther(account, input),
});

export const endOtherSessions = defineOwnAction({
  input: ofAccount,
  words: OWN_WORDS,
  run: ({ account }) => endAllOthers(account),
});

export const changeAddress = defineOwnAction({
  input: askToChangeAddressInput,
  words: ASK_TO_CHANGE_ADDRESS_WORDS,
  run: async ({ ip, account }, input) => withChange(account, await askToChangeAddress(ip, account, input)),
});

export const cancelChange = defineOwnAction({
  input: ofAccount,
  words: OWN_WORDS,
  run: async ({ account }) => withChange(account, await cancelAddressChange(account)),
});

export const agreeToAddressChange = definePublicAction({
  input: linkInput,
  words: AGREE_WORDS,
  run: ({ ip, account }, input) => agreeToChange(ip, account, input),
  after: async () => redirect("/account"),
});

/** The change of address that waits now: the page shows it at once. */
async function withChange<Reason extends string>(account: SignedIn, outcome: Outcome<null, Reason>) {
  return outcome.ok ? done(await findAddressChange(account)) : outcome;
}
