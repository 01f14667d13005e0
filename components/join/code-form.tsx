"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { TicketActions } from "@/components/ticket/ticket";
import { TextField } from "@/components/ui/field";
import fieldStyles from "@/components/ui/field.module.css";
import formStyles from "@/components/ui/form.module.css";
import { SubmitButton } from "@/components/ui/submit-button";
import { findInvitationByCodeAction } from "@/lib/invitations/actions";

/** The form to enter a code; an invalid or unknown code is reported at the field. */
export function CodeForm() {
  const t = useTranslations();
  const [state, action] = useActionState(findInvitationByCodeAction, null);
  const refusal = state?.ok === false ? state : null;
  return (
    <form action={action} className={formStyles.form}>
      <TextField
        label={t("join.code.label")}
        name="code"
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        required
        placeholder="XXXXX-XXXXX-XXXXX-XXXXX"
        className={fieldStyles.code}
        defaultValue={refusal?.values?.code}
        error={refusal?.message}
      />
      <TicketActions>
        <SubmitButton>{t("join.code.submit")}</SubmitButton>
      </TicketActions>
    </form>
  );
}
