"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import formStyles from "@/components/ui/form.module.css";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { resendConfirmationAction } from "@/lib/accounts/actions";

type Props = { account: { id: string; email: string }; hasEmailProvider: boolean };

/** Resends the confirmation email (REQ-D9). */
export function ResendConfirmation({ account, hasEmailProvider }: Props) {
  const t = useTranslations();
  const [state, action] = useActionState(resendConfirmationAction, null);
  return (
    <form action={action} className={formStyles.form}>
      <FormError>{state?.ok === false ? state.message : null}</FormError>
      <p role="status">
        {state?.ok
          ? t(hasEmailProvider ? "accounts.email.resent" : "accounts.email.notResent", {
              email: account.email,
            })
          : null}
      </p>
      <input type="hidden" name="account" value={account.id} />
      <div className={formStyles.actions}>
        <SubmitButton variant="plain">{t("accounts.email.resend")}</SubmitButton>
      </div>
    </form>
  );
}
