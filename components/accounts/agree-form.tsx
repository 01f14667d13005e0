"use client";

import { useActionState } from "react";
import { TicketActions } from "@/components/ticket/ticket";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { agreeToAddressChange } from "@/lib/accounts/actions";

/** The press of one of the two mailboxes; works without JavaScript. */
export function AgreeForm({ code }: { code: string }) {
  const [state, action] = useActionState(agreeToAddressChange, null);
  return (
    <form action={action} className="form">
      <FormError>{state?.ok === false ? state.message : null}</FormError>
      <input type="hidden" name="code" value={code} />
      <TicketActions>
        <SubmitButton>Agree to the change</SubmitButton>
      </TicketActions>
    </form>
  );
}
