"use client";

import { useActionState, useEffect, useRef } from "react";
import styles from "@/components/accounts/email-change.module.css";
import { PasswordField } from "@/components/accounts/password-field";
import { useFormResetKey } from "@/components/accounts/use-form-reset-key";
import { TextField } from "@/components/ui/field";
import formStyles from "@/components/ui/form.module.css";
import { formatAbsoluteTime } from "@/components/ui/format-time";
import { FormError, Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { cancelEmailChangeAction, requestEmailChangeAction } from "@/lib/accounts/actions";
import type { EmailChange } from "@/lib/accounts/queries";
import type { ActionResult } from "@/lib/result/action-result";

type Props = {
  account: { id: string; email: string; hasPassword: boolean };
  /** The pending change when the page was loaded. */
  initial: EmailChange;
  /** True if an email provider is configured. */
  hasEmailProvider: boolean;
};

type State = ActionResult<EmailChange> | null;

/** Requests, shows and cancels a change of address (REQ-F5). Works without JavaScript. */
export function EmailChangeSection({ account, initial, hasEmailProvider }: Props) {
  const [requestState, request] = useActionState(requestEmailChangeAction, null);
  const [cancelState, cancel] = useActionState(cancelEmailChangeAction, null);
  const summary = useRef<HTMLElement>(null);
  // The pressed button is removed with the notice, so move the focus.
  useEffect(() => {
    if (cancelState?.ok) summary.current?.focus();
  }, [cancelState]);
  const { pending } = latestChange(initial, requestState, cancelState);
  return (
    <>
      {pending ? (
        <Notice title={`To become ${pending.to}`}>
          <p>
            We emailed both addresses. Confirm from each one by {formatAbsoluteTime(pending.expiresAt)}.
            {hasEmailProvider ? null : " Email isn't set up. Ask the operator for both links."}
          </p>
          <ul>
            <AddressStatus address={account.email} confirmed={pending.oldConfirmed} />
            <AddressStatus address={pending.to} confirmed={pending.newConfirmed} />
          </ul>
          <form action={cancel} className={styles.cancel}>
            <FormError>{cancelState?.ok === false ? cancelState.message : null}</FormError>
            <input type="hidden" name="account" value={account.id} />
            <SubmitButton variant="plain" size="small">
              Cancel the change
            </SubmitButton>
          </form>
        </Notice>
      ) : null}
      <details className={styles.change} open={requestState !== null || undefined}>
        <summary ref={summary}>{pending ? "Change to another address instead" : "Change address"}</summary>
        <RequestForm account={account} state={requestState} action={request} />
      </details>
    </>
  );
}

function RequestForm(props: { account: Props["account"]; state: State; action: (form: FormData) => void }) {
  const { account, state, action } = props;
  const resetKey = useFormResetKey(state);
  const refusal = state?.ok === false ? state : null;
  const field = refusal && !refusal.fields ? fieldOf(refusal.reason) : null;
  return (
    <form action={action} className={formStyles.form}>
      <FormError>{refusal && !refusal.fields && !field ? refusal.message : null}</FormError>
      <p role="status">{state?.ok ? "We emailed both addresses. Confirm from each one." : null}</p>
      <input type="hidden" name="account" value={account.id} />
      <TextField
        key={`email ${resetKey}`}
        label="New address"
        hint="We'll also confirm with your current address."
        name="email"
        type="email"
        autoComplete="email"
        required
        defaultValue={refusal?.values?.email}
        error={refusal?.fields?.email ?? (field === "email" ? refusal?.message : undefined)}
      />
      {account.hasPassword ? (
        <PasswordField
          key={`password ${resetKey}`}
          label="Your password"
          name="currentPassword"
          autoComplete="current-password"
          error={refusal?.fields?.currentPassword ?? (field === "password" ? refusal?.message : undefined)}
        />
      ) : null}
      <div className={formStyles.actions}>
        <SubmitButton variant="plain">Ask both mailboxes</SubmitButton>
      </div>
    </form>
  );
}

function AddressStatus({ address, confirmed }: { address: string; confirmed: boolean }) {
  return (
    <li>
      <strong>{address}</strong>: {confirmed ? "agreed" : "has not answered yet"}
    </li>
  );
}

/** Returns the most recent change: from the page or from an action's result. */
function latestChange(initial: EmailChange, ...states: State[]): EmailChange {
  const changes = states.flatMap((state) => (state?.ok ? [state.value] : []));
  return changes.reduce((latest, change) => (change.now > latest.now ? change : latest), initial);
}

/** Returns the field that a refusal is about, where it is shown. */
function fieldOf(reason: string): "email" | "password" | null {
  if (["no-address", "demo-address", "same-address"].includes(reason)) return "email";
  return ["current-missing", "wrong-current"].includes(reason) ? "password" : null;
}
