"use server";

import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { z } from "zod";
import { setLanguage } from "@/lib/accounts/commands/set-language";
import { resolveReturnPath } from "@/lib/accounts/return-path";
import { defineOwnAction, definePublicAction } from "@/lib/actions/define-action";
import { currentUrlPath } from "@/lib/auth/guards";
import { env } from "@/lib/config/env";
import { LOCALE_COOKIE, LOCALES } from "@/lib/i18n/locales";
import { done } from "@/lib/result/result";

/** One year, in seconds. */
const COOKIE_MAX_AGE = 365 * 24 * 60 * 60;

/**
 * Chooses the language on a page: for this browser, and for the account if someone is signed in. On the page of an
 * invitation, whose own language comes first, the choice is in the URL as well. Works without JavaScript.
 */
export const chooseLanguageAction = definePublicAction({
  input: z.object({ language: z.enum(LOCALES) }),
  messages: {},
  handler: async ({ account }, { language }) => {
    if (account) await setLanguage(account.accountId, language);
    return done(null);
  },
  onSuccess: async (_, { language }) => {
    await setLanguageCookie(language);
    // The requested path can be disguised as another site: `//a//evil.test` (S-LINK-11).
    const url = new URL(resolveReturnPath(await currentUrlPath(), env().origin), env().origin);
    if (url.pathname.startsWith("/join/")) url.searchParams.set("lang", language);
    redirect(url.pathname + url.search);
  },
});

/** Sets the language of the own account; empty follows the browser. */
export const setLanguageAction = defineOwnAction({
  input: z.object({ account: z.uuid(), language: z.enum(LOCALES).or(z.literal("")) }),
  messages: {},
  handler: ({ account }, { language }) => setLanguage(account.accountId, language || null),
  onSuccess: (_, { language }) => setLanguageCookie(language),
});

/** Sets the cookie for this browser, and removes it if the language is empty. */
async function setLanguageCookie(language: string): Promise<void> {
  const store = await cookies();
  if (!language) return void store.delete(LOCALE_COOKIE);
  const secure = env().origin.startsWith("https:");
  store.set(LOCALE_COOKIE, language, {
    path: "/",
    maxAge: COOKIE_MAX_AGE,
    sameSite: "lax",
    httpOnly: true,
    secure,
  });
}
