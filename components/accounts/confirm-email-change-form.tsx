"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { TicketActions } from "@/components/ticket/ticket";
import formStyles from "@/components/ui/form.module.css";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { confirmEmailChangeAction } from "@/lib/accounts/actions";

/** Confirms a change of address from one of the two mailboxes. Works without JavaScript. */
export function ConfirmEmailChangeForm({ code }: { code: string }) {
  const t = useTranslations();
  const [state, action] = useActionState(confirmEmailChangeAction, null);
  return (
    <form action={action} className={formStyles.form}>
      <FormError>{state?.ok === false ? state.message : null}</FormError>
      <input type="hidden" name="code" value={code} />
      <TicketActions>
        <SubmitButton>{t("accounts.changeAddress.submit")}</SubmitButton>
      </TicketActions>
    </form>
  );
}
