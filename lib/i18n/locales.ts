/** The languages of public pages, emails and the account page (REQ-D11). Input is compared with this list and never used as a path or key (S-I18N-1). */
export const LOCALES = ["en", "de", "fr", "es", "pt-BR", "ja"] as const;

export type Locale = (typeof LOCALES)[number];

export const DEFAULT_LOCALE: Locale = "en";

/** Each language in its own words, for menus. */
export const LOCALE_NAMES: Record<Locale, string> = {
  en: "English",
  de: "Deutsch",
  fr: "Français",
  es: "Español",
  "pt-BR": "Português (Brasil)",
  ja: "日本語",
};

/** The cookie with the language that the reader chose on a page. */
export const LOCALE_COOKIE = "locale";

export function isLocale(text: unknown): text is Locale {
  return LOCALES.some((locale) => locale === text);
}
