"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { TextField } from "@/components/ui/field";
import formStyles from "@/components/ui/form.module.css";
import { FormError, Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { renameAccountAction } from "@/lib/accounts/actions";

/** Form for the user's name. Works without JavaScript. */
export function NameForm({ account }: { account: { id: string; name: string } }) {
  const t = useTranslations();
  const [state, action] = useActionState(renameAccountAction, null);
  const refusal = state?.ok === false ? state : null;
  const name = state?.ok ? state.value.name : account.name;
  return (
    <form action={action} className={formStyles.form}>
      <FormError>{refusal && !refusal.fields ? refusal.message : null}</FormError>
      {state?.ok ? (
        <Notice tone="ok" announce>
          {t("accounts.name.saved")}
        </Notice>
      ) : null}
      <input type="hidden" name="account" value={account.id} />
      <TextField
        label={t("accounts.name.label")}
        name="name"
        autoComplete="name"
        required
        maxLength={100}
        defaultValue={refusal?.values?.name ?? name}
        error={refusal?.fields?.name}
      />
      <div className={formStyles.actions}>
        <SubmitButton variant="plain">{t("accounts.name.submit")}</SubmitButton>
      </div>
    </form>
  );
}
