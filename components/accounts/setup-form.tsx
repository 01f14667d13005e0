"use client";

import { useTranslations } from "next-intl";
import { useActionState, useState } from "react";
import { PasswordField } from "@/components/accounts/password-field";
import { OrganizationFields } from "@/components/organizations/organization-fields";
import { TicketActions } from "@/components/ticket/ticket";
import { TextField } from "@/components/ui/field";
import fieldStyles from "@/components/ui/field.module.css";
import formStyles from "@/components/ui/form.module.css";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { setUpInstallationAction } from "@/lib/organizations/actions";

/** Setup token, operator and organization. Works without JavaScript, where the URL is not filled in from the name. */
export function SetupForm({ origin }: { origin: string }) {
  const t = useTranslations();
  const [state, action] = useActionState(setUpInstallationAction, null);
  const refusal = state?.ok === false ? state : null;
  const { values } = refusal ?? {};
  const field = refusal && !refusal.fields ? fieldOf(refusal.reason) : null;
  const fields = refusal && field ? { [field]: refusal.message } : refusal?.fields;
  // Kept in state because the server does not return secrets with a refused form.
  const [token, setToken] = useState("");
  return (
    <form action={action} className={formStyles.form}>
      <FormError>{refusal && !fields ? refusal.message : null}</FormError>
      <TextField
        label={t("organizations.setupForm.token")}
        hint={t("organizations.setupForm.tokenHint")}
        name="token"
        autoComplete="off"
        spellCheck={false}
        required
        className={fieldStyles.code}
        value={token}
        onChange={(event) => setToken(event.target.value)}
        error={fields?.token}
      />
      <TextField
        label={t("organizations.setupForm.name")}
        name="name"
        autoComplete="name"
        required
        defaultValue={values?.name}
        error={fields?.name}
      />
      <TextField
        label={t("organizations.setupForm.email")}
        name="email"
        type="email"
        autoComplete="username"
        required
        defaultValue={values?.email}
        error={fields?.email}
      />
      <PasswordField
        label={t("organizations.setupForm.password")}
        hint={t("common.passwordHint")}
        autoComplete="new-password"
        error={fields?.password}
      />
      <OrganizationFields origin={origin} values={values} errors={fields} />
      <TicketActions>
        <SubmitButton>{t("organizations.setupForm.submit")}</SubmitButton>
      </TicketActions>
    </form>
  );
}

/** Returns the field that a refusal is about, where it is shown. */
function fieldOf(reason: string): "token" | "slug" | "password" | null {
  if (reason === "wrong-token") return "token";
  if (reason === "slug-taken") return "slug";
  return reason.startsWith("password-") ? "password" : null;
}
