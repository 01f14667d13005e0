"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { TicketActions } from "@/components/ticket/ticket";
import ticketStyles from "@/components/ticket/ticket.module.css";
import { Field, TextField } from "@/components/ui/field";
import fieldStyles from "@/components/ui/field.module.css";
import formStyles from "@/components/ui/form.module.css";
import { FormError, Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { submitRequestAction } from "@/lib/requests/actions";

/** Renders **Request an invitation** (REQ-E1) in a native disclosure, so that it works without JavaScript. */
export function RequestForm({ organization }: { organization: { slug: string; name: string } }) {
  const t = useTranslations();
  const [state, action] = useActionState(submitRequestAction, null);
  const failure = state?.ok === false ? state : null;
  if (state?.ok)
    return (
      <div className={ticketStyles.disclosure}>
        <Notice tone="ok" title={t("requests.sent.title")} announce>
          {t.rich("requests.sent.text", {
            organization: organization.name,
            org: (text) => <bdi>{text}</bdi>,
          })}
        </Notice>
      </div>
    );
  return (
    <details className={ticketStyles.disclosure} open={failure ? true : undefined}>
      <summary>{t("requests.form.open")}</summary>
      <form action={action} className={formStyles.form}>
        <FormError>{failure && !failure.fields ? failure.message : null}</FormError>
        <input type="hidden" name="organization" value={organization.slug} />
        <TextField
          label={t("requests.form.email")}
          name="email"
          type="email"
          autoComplete="email"
          required
          defaultValue={failure?.values?.email}
          error={failure?.fields?.email}
        />
        <TextField
          label={t("requests.form.name")}
          name="name"
          autoComplete="name"
          required
          maxLength={100}
          defaultValue={failure?.values?.name}
          error={failure?.fields?.name}
        />
        <Field
          label={t("requests.form.message")}
          hint={t("requests.form.messageHint")}
          error={failure?.fields?.message}
        >
          {(fieldProps) => (
            <textarea
              {...fieldProps}
              name="message"
              className={fieldStyles.input}
              rows={3}
              maxLength={1000}
              defaultValue={failure?.values?.message}
            />
          )}
        </Field>
        <TicketActions>
          <SubmitButton variant="plain">{t("requests.form.submit")}</SubmitButton>
        </TicketActions>
      </form>
    </details>
  );
}
