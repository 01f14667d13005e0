import { getLocale, getTranslations } from "next-intl/server";
import type { Translation } from "@/lib/i18n/messages";

/** Returns the translation for the reader of the current request, for actions and pages. */
export async function currentTranslation(): Promise<Translation> {
  const [t, locale] = await Promise.all([getTranslations(), getLocale()]);
  return { t, locale };
}
