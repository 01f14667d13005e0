"use client";

import { useLocale, useTranslations } from "next-intl";
import { useActionState } from "react";
import styles from "@/components/i18n/language-picker.module.css";
import { chooseLanguageAction } from "@/lib/accounts/language-actions";
import { LOCALE_NAMES, LOCALES } from "@/lib/i18n/locales";

/** Renders a button for each language of the public pages (REQ-D11). Works without JavaScript. */
export function LanguagePicker() {
  const t = useTranslations();
  const current = useLocale();
  const [, choose] = useActionState(chooseLanguageAction, null);
  return (
    <form action={choose} className={styles.picker} aria-label={t("ui.language.label")}>
      {LOCALES.map((locale) => (
        <button
          key={locale}
          type="submit"
          name="language"
          value={locale}
          lang={locale}
          aria-current={locale === current ? "true" : undefined}
        >
          {LOCALE_NAMES[locale]}
        </button>
      ))}
    </form>
  );
}
