"use client";

import { useActionState } from "react";
import { TicketActions } from "@/components/ticket/ticket";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { takeSignInLink } from "@/lib/accounts/actions";

export function SignInLinkForm({ code }: { code: string }) {
  const [state, action] = useActionState(takeSignInLink, null);
  return (
    <form action={action} className="form">
      <FormError>{state?.ok === false ? state.message : null}</FormError>
      <input type="hidden" name="code" value={code} />
      <TicketActions>
        <SubmitButton>Log in</SubmitButton>
      </TicketActions>
    </form>
  );
}
