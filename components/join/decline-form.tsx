"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { TicketActions } from "@/components/ticket/ticket";
import ticketStyles from "@/components/ticket/ticket.module.css";
import { Field } from "@/components/ui/field";
import fieldStyles from "@/components/ui/field.module.css";
import formStyles from "@/components/ui/form.module.css";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { declineInvitationAction } from "@/lib/invitations/actions";

/**
 * **Decline**, with an optional reason for the inviter (REQ-D4). A `details` element, so it works without
 * JavaScript.
 */
export function DeclineForm({ code }: { code: string }) {
  const t = useTranslations();
  const [state, action] = useActionState(declineInvitationAction, null);
  const refusal = state?.ok === false ? state : null;
  return (
    <details className={ticketStyles.disclosure} open={refusal ? true : undefined}>
      <summary>{t("join.decline.open")}</summary>
      <form action={action} className={formStyles.form}>
        <FormError>{refusal && !refusal.fields ? refusal.message : null}</FormError>
        <input type="hidden" name="code" value={code} />
        <Field
          label={t("join.decline.reason")}
          hint={t("join.decline.reasonHint")}
          error={refusal?.fields?.reason}
        >
          {(fieldProps) => (
            <textarea
              {...fieldProps}
              name="reason"
              className={fieldStyles.input}
              rows={3}
              maxLength={500}
              defaultValue={refusal?.values?.reason}
            />
          )}
        </Field>
        <TicketActions>
          <SubmitButton variant="plain">{t("join.decline.submit")}</SubmitButton>
        </TicketActions>
      </form>
    </details>
  );
}
