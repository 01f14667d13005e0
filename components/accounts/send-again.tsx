"use client";

import { useActionState } from "react";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { sendConfirmationAgain } from "@/lib/accounts/actions";

type Props = { account: { id: string; email: string }; isMailed: boolean };

/** Asks for the confirmation letter once more (REQ-D9). `isMailed`: an email provider is set. */
export function SendAgain({ account, isMailed }: Props) {
  const [state, action] = useActionState(sendConfirmationAgain, null);
  return (
    <form action={action} className="form">
      <FormError>{state?.ok === false ? state.message : null}</FormError>
      <p role="status">{state?.ok ? written(account.email, isMailed) : null}</p>
      <input type="hidden" name="account" value={account.id} />
      <div className="form-actions">
        <SubmitButton variant="plain">Send the letter again</SubmitButton>
      </div>
    </form>
  );
}

function written(email: string, isMailed: boolean): string {
  return isMailed
    ? `Another letter to ${email} is on its way. Look in the junk folder too.`
    : "Another letter was written. No email provider is set: whoever runs this Foyer can read it to you.";
}
