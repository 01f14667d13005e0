"use client";

import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { useActionState, useEffect, useRef } from "react";
import styles from "@/components/accounts/email-change.module.css";
import { PasswordField } from "@/components/accounts/password-field";
import { useFormResetKey } from "@/components/accounts/use-form-reset-key";
import { TextField } from "@/components/ui/field";
import formStyles from "@/components/ui/form.module.css";
import { FormError, Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { cancelEmailChangeAction, requestEmailChangeAction } from "@/lib/accounts/actions";
import type { EmailChange } from "@/lib/accounts/queries";
import { formatShortTime } from "@/lib/i18n/format";
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
  const t = useTranslations();
  const locale = useLocale();
  const timeZone = useTimeZone() ?? "UTC";
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
        <Notice title={t("accounts.emailChange.pendingTitle", { email: pending.to })}>
          {/* Server and browser may format the time differently. */}
          <p suppressHydrationWarning>
            {t(
              hasEmailProvider ? "accounts.emailChange.pending" : "accounts.emailChange.pendingWithoutEmail",
              {
                time: formatShortTime(pending.expiresAt, locale, timeZone),
              },
            )}
          </p>
          <ul>
            <AddressStatus address={account.email} confirmed={pending.oldConfirmed} />
            <AddressStatus address={pending.to} confirmed={pending.newConfirmed} />
          </ul>
          <form action={cancel} className={styles.cancel}>
            <FormError>{cancelState?.ok === false ? cancelState.message : null}</FormError>
            <input type="hidden" name="account" value={account.id} />
            <SubmitButton variant="plain" size="small">
              {t("accounts.emailChange.cancel")}
            </SubmitButton>
          </form>
        </Notice>
      ) : null}
      <details className={styles.change} open={requestState !== null || undefined}>
        <summary ref={summary}>
          {t(pending ? "accounts.emailChange.changeAgain" : "accounts.emailChange.change")}
        </summary>
        <RequestForm
          account={account}
          hasEmailProvider={hasEmailProvider}
          state={requestState}
          action={request}
        />
      </details>
    </>
  );
}

function RequestForm(props: Omit<Props, "initial"> & { state: State; action: (form: FormData) => void }) {
  const { account, hasEmailProvider, state, action } = props;
  const t = useTranslations();
  const resetKey = useFormResetKey(state);
  const refusal = state?.ok === false ? state : null;
  const field = refusal && !refusal.fields ? fieldOf(refusal.reason) : null;
  return (
    <form action={action} className={formStyles.form}>
      <FormError>{refusal && !refusal.fields && !field ? refusal.message : null}</FormError>
      <p role="status">
        {state?.ok
          ? t(hasEmailProvider ? "accounts.emailChange.sent" : "accounts.emailChange.withoutEmail")
          : null}
      </p>
      <input type="hidden" name="account" value={account.id} />
      <TextField
        key={`email ${resetKey}`}
        label={t("accounts.emailChange.newAddress")}
        hint={t("accounts.emailChange.newAddressHint")}
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
          label={t("accounts.emailChange.password")}
          name="currentPassword"
          autoComplete="current-password"
          error={refusal?.fields?.currentPassword ?? (field === "password" ? refusal?.message : undefined)}
        />
      ) : null}
      <div className={formStyles.actions}>
        <SubmitButton variant="plain">{t("accounts.emailChange.submit")}</SubmitButton>
      </div>
    </form>
  );
}

function AddressStatus({ address, confirmed }: { address: string; confirmed: boolean }) {
  const t = useTranslations();
  return (
    <li>
      {t.rich(confirmed ? "accounts.emailChange.addressConfirmed" : "accounts.emailChange.addressWaiting", {
        email: address,
        address: (text) => <strong>{text}</strong>,
      })}
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
