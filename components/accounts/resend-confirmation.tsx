"use client";

import { useActionState } from "react";
import formStyles from "@/components/ui/form.module.css";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { resendConfirmationAction } from "@/lib/accounts/actions";

type Props = { account: { id: string; email: string }; hasEmailProvider: boolean };

/** Resends the confirmation email (REQ-D9). */
export function ResendConfirmation({ account, hasEmailProvider }: Props) {
  const [state, action] = useActionState(resendConfirmationAction, null);
  return (
    <form action={action} className={formStyles.form}>
      <FormError>{state?.ok === false ? state.message : null}</FormError>
      <p role="status">{state?.ok ? successMessage(account.email, hasEmailProvider) : null}</p>
      <input type="hidden" name="account" value={account.id} />
      <div className={formStyles.actions}>
        <SubmitButton variant="plain">Resend confirmation email</SubmitButton>
      </div>
    </form>
  );
}

function successMessage(email: string, hasEmailProvider: boolean): string {
  return hasEmailProvider
    ? `We sent another email to ${email}. Check your spam folder too.`
    : "Email isn't set up, so nothing was sent. Ask the operator for the link.";
}
