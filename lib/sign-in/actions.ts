"use server";

import { redirect } from "next/navigation";
import { proveByPassword } from "@/lib/accounts/commands/prove-by-password";
import { resetPassword } from "@/lib/accounts/commands/reset-password";
import { CONFIRM_MESSAGES, RESET_MESSAGES, SIGN_IN_MESSAGES } from "@/lib/accounts/messages";
import { returnAddress } from "@/lib/accounts/return-address";
import { confirmInput, providerInput, resetInput, signInInput } from "@/lib/accounts/schema";
import { definePublicAction } from "@/lib/actions/define-action";
import { PROVIDER_MESSAGES } from "@/lib/auth/messages";
import { beginSignIn } from "@/lib/auth/provider-sign-in";
import { env } from "@/lib/config/env";
import { findLanding } from "@/lib/invitations/queries/offers";
import { takeLink } from "@/lib/sign-in/commands/consume-sign-in-link";
import { enterHere } from "@/lib/sign-in/sign-in";

export const logIn = definePublicAction({
  input: signInInput,
  messages: SIGN_IN_MESSAGES,
  handler: ({ ip }, input) => proveByPassword(ip, input),
  onSuccess: async ({ accountId, stamp }, { callbackUrl, organization }) => {
    await enterHere(accountId, stamp);
    redirect(returnAddress(callbackUrl, env().origin, await findLanding(accountId, organization)));
  },
});

export const logInWithProvider = definePublicAction({
  input: providerInput,
  messages: PROVIDER_MESSAGES,
  handler: (_, { provider, ...began }) => beginSignIn(provider, began),
  onSuccess: async (url) => redirect(url),
});

export const takeSignInLink = definePublicAction({
  input: confirmInput,
  messages: CONFIRM_MESSAGES,
  handler: ({ ip, account }, input) => takeLink(ip, account, input),
  onSuccess: async ({ accountId, slug }) => {
    await enterHere(accountId);
    redirect(await findLanding(accountId, slug));
  },
});

export const choosePassword = definePublicAction({
  input: resetInput,
  messages: RESET_MESSAGES,
  handler: ({ ip }, input) => resetPassword(ip, input),
  onSuccess: async ({ accountId }) => {
    await enterHere(accountId);
    redirect("/");
  },
});
