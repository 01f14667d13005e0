"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { confirmAddress } from "@/lib/accounts/commands/confirm-address";
import { proveByPassword } from "@/lib/accounts/commands/prove-by-password";
import { takeLink } from "@/lib/accounts/commands/take-link";
import { CONFIRM_WORDS, LINK_WORDS, SIGN_IN_WORDS } from "@/lib/accounts/messages";
import { returnAddress } from "@/lib/accounts/return-address";
import { confirmInput, linkInput, signInInput } from "@/lib/accounts/schema";
import { signOutHere } from "@/lib/auth/config";
import { signInHere } from "@/lib/auth/current";
import { definePublicAction } from "@/lib/kit/action";
import { env } from "@/lib/kit/env";
import { done } from "@/lib/kit/outcome";

export const logIn = definePublicAction({
  input: signInInput,
  words: SIGN_IN_WORDS,
  run: ({ ip }, input) => proveByPassword(ip, input),
  after: async ({ accountId }, { callbackUrl, organization }) => {
    await signInHere(accountId);
    redirect(returnAddress(callbackUrl, env().origin, organization ? `/o/${organization}` : "/"));
  },
});

export const logOut = definePublicAction({
  input: z.object({ callbackUrl: z.string().max(2000).optional() }),
  words: {},
  run: async () => {
    await signOutHere();
    return done(null);
  },
  after: async (_, { callbackUrl }) => redirect(returnAddress(callbackUrl, env().origin, "/login")),
});

export const takeSignInLink = definePublicAction({
  input: linkInput,
  words: LINK_WORDS,
  run: ({ ip }, { code }) => takeLink(ip, code),
  after: async ({ accountId }) => {
    await signInHere(accountId);
    redirect("/");
  },
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
