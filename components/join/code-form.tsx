"use client";

import { useActionState } from "react";
import { TicketActions } from "@/components/ticket/ticket";
import { TextField } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { findInvitation } from "@/lib/invitations/actions";

/** The field for a code; what cannot be one, or is unknown, is said right there. */
export function CodeForm() {
  const [state, action] = useActionState(findInvitation, null);
  const refusal = state?.ok === false ? state : null;
  return (
    <form action={action} className="form">
      <TextField
        label="Invitation code"
        name="code"
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        required
        placeholder="XXXXX-XXXXX-XXXXX-XXXXX"
        className="code"
        defaultValue={refusal?.values?.code}
        error={refusal?.message}
      />
      <TicketActions>
        <SubmitButton>Continue</SubmitButton>
      </TicketActions>
    </form>
  );
}
