"use client";

import { useActionState } from "react";
import { TicketActions } from "@/components/ticket/ticket";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { declineInvitation } from "@/lib/invitations/actions";

/** **Decline**, with a reason for the inviter if one likes (REQ-D4). A disclosure of the browser's own, so it works without JavaScript. */
export function DeclineForm({ code }: { code: string }) {
  const [state, action] = useActionState(declineInvitation, null);
  const refusal = state?.ok === false ? state : null;
  return (
    <details className="disclosure" open={refusal ? true : undefined}>
      <summary>Decline</summary>
      <form action={action} className="form">
        <FormError>{refusal && !refusal.fields ? refusal.message : null}</FormError>
        <input type="hidden" name="code" value={code} />
        <Field
          label="Reason (optional)"
          hint="Whoever invited you can read it."
          error={refusal?.fields?.reason}
        >
          {(wiring) => (
            <textarea
              {...wiring}
              name="reason"
              className="input"
              rows={3}
              maxLength={500}
              defaultValue={refusal?.values?.reason}
            />
          )}
        </Field>
        <TicketActions>
          <SubmitButton variant="plain">Decline invitation</SubmitButton>
        </TicketActions>
      </form>
    </details>
  );
}
