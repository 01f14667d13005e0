"use server";

import { redirect } from "next/navigation";
import { resetPassword } from "@/lib/accounts/commands/reset-password";
import { verifyPassword } from "@/lib/accounts/commands/verify-password";
import { CLAIM_MESSAGES, RESET_PASSWORD_MESSAGES, SIGN_IN_MESSAGES } from "@/lib/accounts/messages";
import { resolveReturnPath } from "@/lib/accounts/return-path";
import { claimInput, providerInput, resetPasswordInput, signInInput } from "@/lib/accounts/schema";
import { definePublicAction } from "@/lib/actions/define-action";
import { PROVIDER_MESSAGES } from "@/lib/auth/messages";
import { startProviderSignIn } from "@/lib/auth/provider-sign-in";
import { env } from "@/lib/config/env";
import { findLandingPath } from "@/lib/invitations/queries/pending";
import { consumeSignInLink } from "@/lib/sign-in/commands/consume-sign-in-link";
import { signInAndLinkIdentity } from "@/lib/sign-in/sign-in";

export const logInAction = definePublicAction({
  input: signInInput,
  messages: SIGN_IN_MESSAGES,
  handler: ({ ip }, input) => verifyPassword(ip, input),
  onSuccess: async ({ accountId, stamp }, { callbackUrl, organization }) => {
    await signInAndLinkIdentity(accountId, stamp);
    redirect(resolveReturnPath(callbackUrl, env().origin, await findLandingPath(accountId, organization)));
  },
});

export const logInWithProviderAction = definePublicAction({
  input: providerInput,
  messages: PROVIDER_MESSAGES,
  handler: (_, { provider, ...origin }) => startProviderSignIn(provider, origin),
  onSuccess: async (url) => redirect(url),
});

export const consumeSignInLinkAction = definePublicAction({
  input: claimInput,
  messages: CLAIM_MESSAGES,
  handler: ({ ip, account }, input) => consumeSignInLink(ip, account, input),
  onSuccess: async ({ accountId, slug }) => {
    await signInAndLinkIdentity(accountId);
    redirect(await findLandingPath(accountId, slug));
  },
});

export const resetPasswordAction = definePublicAction({
  input: resetPasswordInput,
  messages: RESET_PASSWORD_MESSAGES,
  handler: ({ ip }, input) => resetPassword(ip, input),
  onSuccess: async ({ accountId }) => {
    await signInAndLinkIdentity(accountId);
    redirect("/");
  },
});
