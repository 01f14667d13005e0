"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { PasswordField } from "@/components/accounts/password-field";
import { TicketActions } from "@/components/ticket/ticket";
import formStyles from "@/components/ui/form.module.css";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ServerAction } from "@/lib/result/action-result";

type Props<T> = {
  action: ServerAction<{ code: string; password: string }, T>;
  code: string;
  asksPassword: boolean;
  label: string;
};

/** Submits an emailed link, with a new password if one is required (REQ-D9). Works without JavaScript. */
export function LinkForm<T>({ action, code, asksPassword, label }: Props<T>) {
  const t = useTranslations();
  const [state, send] = useActionState(action, null);
  const refusal = state?.ok === false ? state : null;
  const isPasswordRefusal = refusal?.reason.startsWith("password-");
  return (
    <form action={send} className={formStyles.form}>
      <FormError>{refusal && !isPasswordRefusal ? refusal.message : null}</FormError>
      <input type="hidden" name="code" value={code} />
      {asksPassword ? (
        <PasswordField
          label={t("accounts.link.newPassword")}
          hint={t("common.passwordHint")}
          autoComplete="new-password"
          error={isPasswordRefusal ? refusal?.message : undefined}
        />
      ) : null}
      <TicketActions>
        <SubmitButton>{label}</SubmitButton>
      </TicketActions>
    </form>
  );
}
