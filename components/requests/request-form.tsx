"use client";

import { useActionState } from "react";
import { TicketActions } from "@/components/ticket/ticket";
import ticketStyles from "@/components/ticket/ticket.module.css";
import { Field, TextField } from "@/components/ui/field";
import fieldStyles from "@/components/ui/field.module.css";
import formStyles from "@/components/ui/form.module.css";
import { FormError, Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { submitRequestAction } from "@/lib/requests/actions";

/** Renders **Request an invitation** (REQ-E1) in a native disclosure, so that it works without JavaScript. */
export function RequestForm({ organization }: { organization: { slug: string; name: string } }) {
  const [state, action] = useActionState(submitRequestAction, null);
  const failure = state?.ok === false ? state : null;
  if (state?.ok)
    return (
      <div className={ticketStyles.disclosure}>
        <Notice tone="ok" title="Look into your mailbox" announce>
          If {organization.name} can invite this address, we've sent you an email. Open its link to confirm
          your request; {organization.name} sees it once you do.
        </Notice>
      </div>
    );
  return (
    <details className={ticketStyles.disclosure} open={failure ? true : undefined}>
      <summary>Request an invitation</summary>
      <form action={action} className={formStyles.form}>
        <FormError>{failure && !failure.fields ? failure.message : null}</FormError>
        <input type="hidden" name="organization" value={organization.slug} />
        <TextField
          label="Your email"
          name="email"
          type="email"
          autoComplete="email"
          required
          defaultValue={failure?.values?.email}
          error={failure?.fields?.email}
        />
        <TextField
          label="Your name"
          name="name"
          autoComplete="name"
          required
          maxLength={100}
          defaultValue={failure?.values?.name}
          error={failure?.fields?.name}
        />
        <Field
          label="Message (optional)"
          hint="Tell the admins who you are and why you'd like to join."
          error={failure?.fields?.message}
        >
          {(fieldProps) => (
            <textarea
              {...fieldProps}
              name="message"
              className={fieldStyles.input}
              rows={3}
              maxLength={1000}
              defaultValue={failure?.values?.message}
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
