"use client";

import { PasswordField } from "@/components/accounts/password-field";
import { useRound } from "@/components/accounts/use-round";
import { FormError, Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ActionResult } from "@/lib/result/action-result";

type Props = {
  account: { id: string; email: string; hasPassword: boolean };
  state: ActionResult<unknown> | null;
  action: (form: FormData) => void;
};

/** A new password, for whoever knows the current one; works without JavaScript. */
export function PasswordForm({ account, state, action }: Props) {
  const round = useRound(state);
  const refusal = state?.ok === false ? state : null;
  const atCurrent = refusal && ["current-missing", "wrong-current"].includes(refusal.reason);
  const atNew = refusal?.reason.startsWith("password-");
  const hasPassword = account.hasPassword || state?.ok === true;
  return (
    <form action={action} className="form">
      <FormError>{refusal && !refusal.fields && !atCurrent && !atNew ? refusal.message : null}</FormError>
      {state?.ok ? (
        <Notice tone="ok" announce>
          Your new password counts from now on. Every other session has ended.
        </Notice>
      ) : null}
      <input type="hidden" name="account" value={account.id} />
      {/* For password managers, which then know whose password it is. */}
      <input type="email" autoComplete="username" value={account.email} readOnly hidden />
      {hasPassword ? (
        <PasswordField
          key={`current ${round}`}
          label="Current password"
          name="currentPassword"
          autoComplete="current-password"
          error={refusal?.fields?.currentPassword ?? (atCurrent ? refusal.message : undefined)}
        />
      ) : null}
      <PasswordField
        key={`new ${round}`}
        label="New password"
        hint="At least 8 characters. Every other session ends with the change, and every link that was mailed to log in."
        autoComplete="new-password"
        error={refusal?.fields?.password ?? (atNew ? refusal?.message : undefined)}
      />
      <div className="form-actions">
        <SubmitButton variant="plain">{hasPassword ? "Change password" : "Choose password"}</SubmitButton>
      </div>
    </form>
  );
}
