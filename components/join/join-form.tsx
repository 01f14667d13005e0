"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { PasswordField } from "@/components/accounts/password-field";
import { TicketActions } from "@/components/ticket/ticket";
import { TextField } from "@/components/ui/field";
import formStyles from "@/components/ui/form.module.css";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { acceptInvitationAction } from "@/lib/invitations/actions";

type Props = {
  code: string;
  proof: string | undefined;
  /** True for a new user, who enters a name and a password. */
  isNew: boolean;
  /** The name that the inviter gave, which the person can change. */
  name: string;
};

/** The form that accepts the invitation (REQ-D2); works without JavaScript. */
export function JoinForm({ code, proof, isNew, name }: Props) {
  const t = useTranslations();
  const [state, action] = useActionState(acceptInvitationAction, null);
  const refusal = state?.ok === false ? state : null;
  const field = refusal ? fieldOfReason(refusal.reason) : null;
  return (
    <form action={action} className={formStyles.form}>
      <FormError>{refusal && !field && !refusal.fields ? refusal.message : null}</FormError>
      <input type="hidden" name="code" value={code} />
      {proof ? <input type="hidden" name="proof" value={proof} /> : null}
      {isNew ? (
        <>
          <TextField
            label={t("join.form.name")}
            name="name"
            autoComplete="name"
            required
            maxLength={100}
            defaultValue={refusal?.values?.name ?? name}
            error={refusal?.fields?.name ?? (field === "name" ? refusal?.message : undefined)}
          />
          <PasswordField
            label={t("join.form.password")}
            hint={t("common.passwordHint")}
            autoComplete="new-password"
            error={refusal?.fields?.password ?? (field === "password" ? refusal?.message : undefined)}
          />
        </>
      ) : null}
      <TicketActions>
        <SubmitButton>{t("join.form.submit")}</SubmitButton>
      </TicketActions>
    </form>
  );
}

/** Returns the field that a refusal is shown at. */
function fieldOfReason(reason: string): "name" | "password" | null {
  if (reason === "name-missing") return "name";
  return reason.startsWith("password-") ? "password" : null;
}
