"use client";

import { useTranslations } from "next-intl";
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
  /** True if an email provider is configured. */
  hasEmailProvider: boolean;
};

/** Requests an emailed link. The response is the same for every address. Works without JavaScript. */
export function MagicLinkForm({ purpose, organization, hasEmailProvider }: Props) {
  const t = useTranslations();
  const [state, action] = useActionState(requestMagicLinkAction, null);
  if (state?.ok)
    return (
      <Notice
        tone="ok"
        title={t(hasEmailProvider ? "accounts.emailLink.sentTitle" : "accounts.emailLink.withoutEmailTitle")}
        announce
      >
        {t(hasEmailProvider ? "accounts.emailLink.sent" : "accounts.emailLink.withoutEmail", {
          email: state.value.email,
        })}
      </Notice>
    );
  return (
    <form action={action} className={formStyles.form}>
      <FormError>{state && !state.fields ? state.message : null}</FormError>
      <input type="hidden" name="purpose" value={purpose} />
      {organization ? <input type="hidden" name="organization" value={organization} /> : null}
      <TextField
        label={t("accounts.emailLink.email")}
        name="email"
        type="email"
        autoComplete="username"
        required
        defaultValue={state?.values?.email}
        error={state?.fields?.email}
      />
      <TicketActions>
        <SubmitButton>{t("accounts.emailLink.submit")}</SubmitButton>
      </TicketActions>
    </form>
  );
}
