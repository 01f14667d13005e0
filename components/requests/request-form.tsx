"use client";

import { useActionState } from "react";
import { TicketActions } from "@/components/ticket/ticket";
import { Field, TextField } from "@/components/ui/field";
import { FormError, Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { requestInvitation } from "@/lib/requests/actions";

/** **Request an invitation** (REQ-E1), a disclosure of the browser's own, so it works without JavaScript. */
export function RequestForm({ organization }: { organization: { slug: string; name: string } }) {
  const [state, action] = useActionState(requestInvitation, null);
  const refusal = state?.ok === false ? state : null;
  if (state?.ok)
    return (
      <div className="disclosure">
        <Notice tone="ok" title="Look into your mailbox" announce>
          If this address can be invited, a letter is on its way. Open its link to confirm that the request is
          yours: only then does {organization.name} see it.
        </Notice>
      </div>
    );
  return (
    <details className="disclosure" open={refusal ? true : undefined}>
      <summary>Request an invitation</summary>
      <form action={action} className="form">
        <FormError>{refusal && !refusal.fields ? refusal.message : null}</FormError>
        <input type="hidden" name="organization" value={organization.slug} />
        <TextField
          label="Your email"
          name="email"
          type="email"
          autoComplete="email"
          required
          defaultValue={refusal?.values?.email}
          error={refusal?.fields?.email}
        />
        <TextField
          label="Your name"
          name="name"
          autoComplete="name"
          required
          maxLength={100}
          defaultValue={refusal?.values?.name}
          error={refusal?.fields?.name}
        />
        <Field
          label="Message (optional)"
          hint="Who you are and why you ask. Whoever invites reads it."
          error={refusal?.fields?.message}
        >
          {(wiring) => (
            <textarea
              {...wiring}
              name="message"
              className="input"
              rows={3}
              maxLength={1000}
              defaultValue={refusal?.values?.message}
            />
          )}
        </Field>
        <TicketActions>
          <SubmitButton variant="plain">Request an invitation</SubmitButton>
        </TicketActions>
      </form>
    </details>
  );
}
