"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { SelectField } from "@/components/ui/field";
import formStyles from "@/components/ui/form.module.css";
import { FormError, Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { setLanguageAction } from "@/lib/accounts/language-actions";
import { LOCALE_NAMES, LOCALES } from "@/lib/i18n/locales";

/** Form for the language of the user's pages and emails (REQ-D11). Works without JavaScript. */
export function LanguageForm({ account }: { account: { id: string; language: string | null } }) {
  const t = useTranslations();
  const [state, action] = useActionState(setLanguageAction, null);
  return (
    <form action={action} className={formStyles.form}>
      <FormError>{state?.ok === false ? state.message : null}</FormError>
      {state?.ok ? (
        <Notice tone="ok" announce>
          {t("accounts.language.saved")}
        </Notice>
      ) : null}
      <input type="hidden" name="account" value={account.id} />
      <SelectField
        label={t("accounts.language.label")}
        hint={t("accounts.language.hint")}
        name="language"
        // The select of a form that was submitted is reset by React; the key renders it with the new value.
        key={account.language}
        defaultValue={account.language ?? ""}
      >
        <option value="">{t("accounts.language.browser")}</option>
        {LOCALES.map((locale) => (
          <option key={locale} value={locale} lang={locale}>
            {LOCALE_NAMES[locale]}
          </option>
        ))}
      </SelectField>
      <div className={formStyles.actions}>
        <SubmitButton variant="plain">{t("accounts.language.submit")}</SubmitButton>
      </div>
    </form>
  );
}
