"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { OrganizationFields } from "@/components/organizations/organization-fields";
import { TicketActions } from "@/components/ticket/ticket";
import formStyles from "@/components/ui/form.module.css";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { createOrganizationAction } from "@/lib/organizations/actions";

/** Name and URL of a new organization. Works without JavaScript, where the URL is not filled in from the name. */
export function CreateOrganizationForm({ origin }: { origin: string }) {
  const t = useTranslations();
  const [state, action] = useActionState(createOrganizationAction, null);
  const refusal = state?.ok === false ? state : null;
  const slugError = refusal?.reason === "slug-taken" ? { slug: refusal.message } : undefined;
  return (
    <form action={action} className={formStyles.form}>
      <FormError>{refusal && !refusal.fields && !slugError ? refusal.message : null}</FormError>
      <OrganizationFields origin={origin} values={refusal?.values} errors={refusal?.fields ?? slugError} />
      <TicketActions>
        <SubmitButton>{t("organizations.create.submit")}</SubmitButton>
      </TicketActions>
    </form>
  );
}
