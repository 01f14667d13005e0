"use server";

import { redirect } from "next/navigation";
import { proveByPassword } from "@/lib/accounts/commands/prove-by-password";
import { resetPassword } from "@/lib/accounts/commands/reset-password";
import { CONFIRM_WORDS, RESET_WORDS, SIGN_IN_WORDS } from "@/lib/accounts/messages";
import { returnAddress } from "@/lib/accounts/return-address";
import { confirmInput, providerInput, resetInput, signInInput } from "@/lib/accounts/schema";
import { definePublicAction } from "@/lib/actions/define-action";
import { PROVIDER_WORDS } from "@/lib/auth/messages";
import { beginSignIn } from "@/lib/auth/provider-sign-in";
import { env } from "@/lib/config/env";
import { findLanding } from "@/lib/invitations/queries/offers";
import { takeLink } from "@/lib/sign-in/commands/consume-sign-in-link";
import { enterHere } from "@/lib/sign-in/sign-in";

export const logIn = definePublicAction({
  input: signInInput,
  words: SIGN_IN_WORDS,
  run: ({ ip }, input) => proveByPassword(ip, input),
  after: async ({ accountId, stamp }, { callbackUrl, organization }) => {
    await enterHere(accountId, stamp);
    redirect(returnAddress(callbackUrl, env().origin, await findLanding(accountId, organization)));
  },
});

export const logInWithProvider = definePublicAction({
  input: providerInput,
  words: PROVIDER_WORDS,
  run: (_, { provider, ...began }) => beginSignIn(provider, began),
  after: async (url) => redirect(url),
});

export const takeSignInLink = definePublicAction({
  input: confirmInput,
  words: CONFIRM_WORDS,
  run: ({ ip, account }, input) => takeLink(ip, account, input),
  after: async ({ accountId, slug }) => {
    await enterHere(accountId);
    redirect(await findLanding(accountId, slug));
  },
});

export const choosePassword = definePublicAction({
  input: resetInput,
  words: RESET_WORDS,
  run: ({ ip }, input) => resetPassword(ip, input),
  after: async ({ accountId }) => {
    await enterHere(accountId);
    redirect("/");
  },
});
