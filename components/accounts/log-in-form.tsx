"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { PasswordField } from "@/components/accounts/password-field";
import { TicketActions } from "@/components/ticket/ticket";
import { TextField } from "@/components/ui/field";
import formStyles from "@/components/ui/form.module.css";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { logInAction } from "@/lib/sign-in/actions";

type Props = { callbackUrl?: string | undefined; organization?: string; email?: string };

/** Login with email and password. Works without JavaScript. */
export function LogInForm({ callbackUrl, organization, email }: Props) {
  const t = useTranslations();
  const [state, action] = useActionState(logInAction, null);
  const refusal = state?.ok === false ? state : null;
  return (
    <form action={action} className={formStyles.form}>
      <FormError>{refusal && !refusal.fields ? refusal.message : null}</FormError>
      <input type="hidden" name="callbackUrl" value={callbackUrl ?? ""} />
      {organization ? <input type="hidden" name="organization" value={organization} /> : null}
      <TextField
        label={t("accounts.login.email")}
        name="email"
        type="email"
        autoComplete="username"
        required
        defaultValue={refusal?.values?.email ?? email}
        error={refusal?.fields?.email}
      />
      <PasswordField
        label={t("accounts.login.password")}
        autoComplete="current-password"
        error={refusal?.fields?.password}
      />
      <TicketActions>
        <SubmitButton>{t("accounts.login.submit")}</SubmitButton>
      </TicketActions>
    </form>
  );
}
