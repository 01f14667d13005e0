import { createTranslator } from "next-intl";
import { CATALOGS } from "@/lib/i18n/catalogs";
import type { Locale } from "@/lib/i18n/locales";
import type { Translation } from "@/lib/i18n/messages";

/** Returns the translation for a reader who is not in a request, such as the recipient of an email. Throws for a missing message. */
export function translationFor(locale: Locale): Translation {
  const t = createTranslator({
    locale,
    messages: CATALOGS[locale],
    onError: (error) => {
      throw error;
    },
  });
  return { t, locale };
}
