"use client";

import { useActionState } from "react";
import { TicketActions } from "@/components/ticket/ticket";
import formStyles from "@/components/ui/form.module.css";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { confirmRequestAction, requestNewInvitationAction } from "@/lib/requests/actions";

const ACTIONS = {
  confirm: confirmRequestAction,
  renew: requestNewInvitationAction,
};

type Props = {
  code: string;
  purpose: keyof typeof ACTIONS;
  /** The text of the button. */
  label: string;
};

/** Renders a form with a single button that acts on a code. Afterwards the same page shows the new state. */
export function CodeActionForm({ code, purpose, label }: Props) {
  const [state, action] = useActionState(ACTIONS[purpose], null);
  return (
    <form action={action} className={formStyles.form}>
      <FormError>{state?.ok === false ? state.message : null}</FormError>
      <input type="hidden" name="code" value={code} />
      <TicketActions>
        <SubmitButton>{label}</SubmitButton>
      </TicketActions>
    </form>
  );
}
