"use client";

import { useTranslations } from "next-intl";
import { PasswordField } from "@/components/accounts/password-field";
import { useFormResetKey } from "@/components/accounts/use-form-reset-key";
import formStyles from "@/components/ui/form.module.css";
import { FormError, Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ActionResult } from "@/lib/result/action-result";

type Props = {
  account: { id: string; email: string; hasPassword: boolean };
  state: ActionResult<unknown> | null;
  action: (form: FormData) => void;
};

/** Changes the password, or sets the first one. Works without JavaScript. */
export function PasswordForm({ account, state, action }: Props) {
  const t = useTranslations();
  const resetKey = useFormResetKey(state);
  const refusal = state?.ok === false ? state : null;
  const isCurrentRefusal = refusal && ["current-missing", "wrong-current"].includes(refusal.reason);
  const isNewRefusal = refusal?.reason.startsWith("password-");
  const hasPassword = account.hasPassword || state?.ok === true;
  return (
    <form action={action} className={formStyles.form}>
      <FormError>
        {refusal && !refusal.fields && !isCurrentRefusal && !isNewRefusal ? refusal.message : null}
      </FormError>
      {state?.ok ? (
        <Notice tone="ok" announce>
          {t("accounts.password.changed")}
        </Notice>
      ) : null}
      <input type="hidden" name="account" value={account.id} />
      {/* Tells password managers which account the password belongs to. */}
      <input type="email" autoComplete="username" value={account.email} readOnly hidden />
      {hasPassword ? (
        <PasswordField
          key={`current ${resetKey}`}
          label={t("accounts.password.current")}
          name="currentPassword"
          autoComplete="current-password"
          error={refusal?.fields?.currentPassword ?? (isCurrentRefusal ? refusal.message : undefined)}
        />
      ) : null}
      <PasswordField
        key={`new ${resetKey}`}
        label={t("accounts.password.new")}
        hint={t("accounts.password.newHint")}
        autoComplete="new-password"
        error={refusal?.fields?.password ?? (isNewRefusal ? refusal?.message : undefined)}
      />
      <div className={formStyles.actions}>
        <SubmitButton variant="plain">
          {t(hasPassword ? "accounts.password.change" : "accounts.password.set")}
        </SubmitButton>
      </div>
    </form>
  );
}
