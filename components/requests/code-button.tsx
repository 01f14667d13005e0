"use client";

import { useActionState } from "react";
import { TicketActions } from "@/components/ticket/ticket";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { confirmRequest, requestNewInvitation } from "@/lib/requests/actions";

const ACTIONS = {
  confirm: { action: confirmRequest, label: "Confirm your request" },
  again: { action: requestNewInvitation, label: "Request a new invitation" },
};

/** One press for whoever holds the code: what they see afterwards is the same page as it stands then. */
export function CodeButton({ code, to }: { code: string; to: keyof typeof ACTIONS }) {
  const [state, action] = useActionState(ACTIONS[to].action, null);
  return (
    <form action={action} className="form">
      <FormError>{state?.ok === false ? state.message : null}</FormError>
      <input type="hidden" name="code" value={code} />
      <TicketActions>
        <SubmitButton>{ACTIONS[to].label}</SubmitButton>
      </TicketActions>
    </form>
  );
}
