"use client";

import { useActionState } from "react";
import { TextField } from "@/components/ui/field";
import formStyles from "@/components/ui/form.module.css";
import { FormError, Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { renameAccountAction } from "@/lib/accounts/actions";

/** Form for the user's name. Works without JavaScript. */
export function NameForm({ account }: { account: { id: string; name: string } }) {
  const [state, action] = useActionState(renameAccountAction, null);
  const refusal = state?.ok === false ? state : null;
  const name = state?.ok ? state.value.name : account.name;
  return (
    <form action={action} className={formStyles.form}>
      <FormError>{refusal && !refusal.fields ? refusal.message : null}</FormError>
      {state?.ok ? (
        <Notice tone="ok" announce>
          Saved. Every organization you are in shows this name.
        </Notice>
      ) : null}
      <input type="hidden" name="account" value={account.id} />
      <TextField
        label="Your name"
        name="name"
        autoComplete="name"
        required
        maxLength={100}
        defaultValue={refusal?.values?.name ?? name}
        error={refusal?.fields?.name}
      />
      <div className={formStyles.actions}>
        <SubmitButton variant="plain">Save name</SubmitButton>
      </div>
    </form>
  );
}
