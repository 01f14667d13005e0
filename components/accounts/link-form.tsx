"use client";

import { useActionState } from "react";
import { PasswordField } from "@/components/accounts/password-field";
import { TicketActions } from "@/components/ticket/ticket";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Action } from "@/lib/result/action-result";

type Props<T> = {
  action: Action<{ code: string; password: string }, T>;
  code: string;
  withPassword: boolean;
  button: string;
};

/** The press that takes a mailed link, with a new password where one is needed (REQ-D9); works without JavaScript. */
export function LinkForm<T>({ action, code, withPassword, button }: Props<T>) {
  const [state, send] = useActionState(action, null);
  const refusal = state?.ok === false ? state : null;
  const atPassword = refusal?.reason.startsWith("password-");
  return (
    <form action={send} className="form">
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
        <SubmitButton>{button}</SubmitButton>
      </TicketActions>
    </form>
  );
}
