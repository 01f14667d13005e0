"use client";

import { useActionState } from "react";
import { PasswordField } from "@/components/accounts/password-field";
import { TicketActions } from "@/components/ticket/ticket";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { confirmMailbox } from "@/lib/accounts/actions";

/** One press in the account's own session; a new password anywhere else (R D9). */
export function ConfirmForm({ code, withPassword }: { code: string; withPassword: boolean }) {
  const [state, action] = useActionState(confirmMailbox, null);
  const refusal = state?.ok === false ? state : null;
  const atPassword = refusal?.reason.startsWith("password-");
  return (
    <form action={action} className="form">
      <FormError>{refusal && !atPassword ? refusal.message : null}</FormError>
      <input type="hidden" name="code" value={code} />
      {withPassword ? (
        <PasswordField
          label="New password"
          hint="At least 8 characters."
          autoComplete="new-password"
          error={atPassword ? refusal?.message : undefined}
        />
      ) : null}
      <TicketActions>
        <SubmitButton>Confirm your address</SubmitButton>
      </TicketActions>
    </form>
  );
}
