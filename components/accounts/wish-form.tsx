"use client";

import { useActionState } from "react";
import { TicketActions } from "@/components/ticket/ticket";
import { TextField } from "@/components/ui/field";
import { FormError, Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { wishForLink } from "@/lib/accounts/actions";

type Props = {
  purpose: "sign-in" | "reset-password";
  organization?: string | undefined;
  /** Where letters go while no email provider is set. */
  unsent?: string | undefined;
};

/** Asks for a mailed link. Every address gets the same answer; works without JavaScript. */
export function WishForm({ purpose, organization, unsent }: Props) {
  const [state, action] = useActionState(wishForLink, null);
  if (state?.ok)
    return (
      <Notice tone="ok" title="Look into your mailbox" announce>
        If there is an account for {state.value.email}, a letter with a link is on its way. The link works
        once, within a day. Not there? Look in the junk folder; at most five letters a day go to one address.
        {unsent ? ` ${unsent}` : ""}
      </Notice>
    );
  return (
    <form action={action} className="form">
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
