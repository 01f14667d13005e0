import { cookies, headers } from "next/headers";
import { cache } from "react";
import { findJoinInvitation } from "@/app/join/find-invitation";
import { currentAccount } from "@/lib/auth/current";
import { currentUrlPath } from "@/lib/auth/guards";
import { matchLocale } from "@/lib/i18n/accept-language";
import { isTimeZone, TIME_ZONE_COOKIE } from "@/lib/i18n/format";
import { DEFAULT_LOCALE, isLocale, LOCALE_COOKIE, type Locale } from "@/lib/i18n/locales";
import { findReaderDefaults } from "@/lib/organizations/queries";

/** The pages for administrators and operators, which are in English. */
const ENGLISH_PAGES = /^\/(o\/[^/]+\/admin|mailbox)(\/|$)/;

/**
 * Returns the language of this request (REQ-D11): what the reader chose on a page of an invitation, the language of the
 * invitation, that of the account, what the reader chose on another page, that of the browser, that of the organization.
 * A value that is not a supported language counts as none.
 */
export const currentLocale = cache(async (): Promise<Locale> => {
  const url = new URL(await currentUrlPath(), "http://localhost");
  if (ENGLISH_PAGES.test(url.pathname)) return DEFAULT_LOCALE;
  const invitation = await findInvitation(url);
  const account = await withoutDatabase(currentAccount);
  const choices = [
    invitation && url.searchParams.get("lang"),
    invitation?.language,
    account?.language,
    (await cookies()).get(LOCALE_COOKIE)?.value,
    matchLocale((await headers()).get("accept-language")),
  ];
  const choice = choices.find(isLocale);
  if (choice) return choice;
  const organization = invitation?.organization ?? (await currentOrganization());
  return isLocale(organization?.language) ? organization.language : DEFAULT_LOCALE;
});

/** Returns the time zone of the reader's browser, from its cookie; before it is known, that of the organization. */
export const currentTimeZone = cache(async (): Promise<string> => {
  const stored = (await cookies()).get(TIME_ZONE_COOKIE)?.value;
  if (stored && isTimeZone(stored)) return stored;
  return (await currentOrganization())?.timeZone ?? "UTC";
});

/** Returns the invitation of a join page; null on other pages and for an unknown code. */
async function findInvitation(url: URL) {
  const [, code] = url.pathname.match(/^\/join\/([^/]+)$/) ?? [];
  if (!code) return null;
  const proof = url.searchParams.get("proof") ?? undefined;
  const found = await withoutDatabase(() => findJoinInvitation(decodeURIComponent(code), proof));
  return found?.ok ? found.value : null;
}

/** Returns the language and time zone of the organization in the URL, or null. */
const currentOrganization = cache(async () => {
  const [, slug] = (await currentUrlPath()).match(/^\/o\/([^/?]+)/) ?? [];
  return slug ? withoutDatabase(() => findReaderDefaults(decodeURIComponent(slug))) : null;
});

/** Returns null if the database cannot be reached: the error page needs a language, too. */
async function withoutDatabase<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch {
    return null;
  }
}
