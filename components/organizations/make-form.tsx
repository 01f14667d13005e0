"use client";

import { useActionState } from "react";
import { OrganizationFields } from "@/components/organizations/organization-fields";
import { TicketActions } from "@/components/ticket/ticket";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { makeOrganization } from "@/lib/organizations/actions";

/** Name and address; works without JavaScript, where the address is typed by hand. */
export function MakeForm() {
  const [state, action] = useActionState(makeOrganization, null);
  const refusal = state?.ok === false ? state : null;
  const atSlug = refusal?.reason === "slug-taken" ? { slug: refusal.message } : undefined;
  return (
    <form action={action} className="form">
      <FormError>{refusal && !refusal.fields && !atSlug ? refusal.message : null}</FormError>
      <OrganizationFields values={refusal?.values} errors={refusal?.fields ?? atSlug} />
      <TicketActions>
        <SubmitButton>Make organization</SubmitButton>
      </TicketActions>
    </form>
  );
}
