"use client";

import { useActionState } from "react";
import { PasswordField } from "@/components/accounts/password-field";
import { TicketActions } from "@/components/ticket/ticket";
import { TextField } from "@/components/ui/field";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { acceptInvitation } from "@/lib/invitations/actions";

type Props = {
  code: string;
  proof: string | undefined;
  /** A new person gives a name and a password; somebody signed in only presses. */
  asNew: boolean;
};

/** The press that joins (REQ-D2); works without JavaScript. */
export function JoinForm({ code, proof, asNew }: Props) {
  const [state, action] = useActionState(acceptInvitation, null);
  const refusal = state?.ok === false ? state : null;
  const field = refusal ? fieldOf(refusal.reason) : null;
  return (
    <form action={action} className="form">
      <FormError>{refusal && !field && !refusal.fields ? refusal.message : null}</FormError>
      <input type="hidden" name="code" value={code} />
      {proof ? <input type="hidden" name="proof" value={proof} /> : null}
      {asNew ? (
        <>
          <TextField
            label="Your name"
            name="name"
            autoComplete="name"
            required
            maxLength={100}
            defaultValue={refusal?.values?.name}
            error={refusal?.fields?.name ?? (field === "name" ? refusal?.message : undefined)}
          />
          <PasswordField
            label="Password"
            hint="At least 8 characters."
            autoComplete="new-password"
            error={refusal?.fields?.password ?? (field === "password" ? refusal?.message : undefined)}
          />
        </>
      ) : null}
      <TicketActions>
        <SubmitButton>Join your organization</SubmitButton>
      </TicketActions>
    </form>
  );
}

/** Refusals about one field are said at the field. */
function fieldOf(reason: string): "name" | "password" | null {
  if (reason === "name-missing") return "name";
  return reason.startsWith("password-") ? "password" : null;
}
