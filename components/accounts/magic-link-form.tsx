"use client";

import { useActionState } from "react";
import { TicketActions } from "@/components/ticket/ticket";
import { TextField } from "@/components/ui/field";
import formStyles from "@/components/ui/form.module.css";
import { FormError, Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { requestMagicLinkAction } from "@/lib/accounts/actions";

type Props = {
  purpose: "sign-in" | "reset-password";
  organization?: string | undefined;
  /** An extra hint while email is not set up. */
  hint?: string | undefined;
};

/** Requests an emailed link. The response is the same for every address. Works without JavaScript. */
export function MagicLinkForm({ purpose, organization, hint }: Props) {
  const [state, action] = useActionState(requestMagicLinkAction, null);
  if (state?.ok)
    return (
      <Notice tone="ok" title="Check your email" announce>
        If {state.value.email} has an account, we've sent a link. It works once and expires in 24 hours. Can't
        find it? Check your spam folder.
        {hint ? ` ${hint}` : ""}
      </Notice>
    );
  return (
    <form action={action} className={formStyles.form}>
      <FormError>{state && !state.fields ? state.message : null}</FormError>
      <input type="hidden" name="purpose" value={purpose} />
      {organization ? <input type="hidden" name="organization" value={organization} /> : null}
      <TextField
        label="Email"
        name="email"
        type="email"
        autoComplete="username"
        required
        defaultValue={state?.values?.email}
        error={state?.fields?.email}
      />
      <TicketActions>
        <SubmitButton>Mail me a link</SubmitButton>
      </TicketActions>
    </form>
  );
}
