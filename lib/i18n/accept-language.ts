import Negotiator from "negotiator";
import { LOCALES, type Locale } from "@/lib/i18n/locales";

/** A longer header was not written by a browser. */
const MAX_HEADER_LENGTH = 1_000;

/**
 * Returns the first supported language of an Accept-Language header, in its order of preference; null if there is none.
 * Regions fall back to their language: "de-AT" is German, "pt-PT" Brazilian Portuguese.
 */
export function matchLocale(acceptLanguage: string | null | undefined): Locale | null {
  if (!acceptLanguage || acceptLanguage.length > MAX_HEADER_LENGTH) return null;
  const languages = new Negotiator({ headers: { "accept-language": acceptLanguage } }).languages();
  for (const language of languages) {
    const locale = findLocale(language.toLowerCase());
    if (locale) return locale;
  }
  return null;
}

function findLocale(language: string): Locale | undefined {
  const [primary] = language.split("-");
  return (
    LOCALES.find((locale) => locale.toLowerCase() === language) ??
    LOCALES.find((locale) => locale.split("-")[0] === primary)
  );
}
