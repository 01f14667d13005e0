"use client";

import { useActionState, useEffect, useRef } from "react";
import { PasswordField } from "@/components/accounts/password-field";
import { useRound } from "@/components/accounts/use-round";
import { TextField } from "@/components/ui/field";
import { FormError, Notice } from "@/components/ui/notice";
import { absoluteTime } from "@/components/ui/relative-time";
import { SubmitButton } from "@/components/ui/submit-button";
import { cancelChange, changeAddress } from "@/lib/accounts/actions";
import type { AddressChange } from "@/lib/accounts/queries";
import type { ActionResult } from "@/lib/result/action-result";

type Props = {
  account: { id: string; email: string; hasPassword: boolean };
  /** As the page was read. */
  change: AddressChange;
  /** An email provider is set. */
  isMailed: boolean;
};

type State = ActionResult<AddressChange> | null;

/** Another address, once both mailboxes have agreed (REQ-F5); works without JavaScript. */
export function ChangeAddress({ account, change, isMailed }: Props) {
  const [asked, ask] = useActionState(changeAddress, null);
  const [cancelled, cancel] = useActionState(cancelChange, null);
  const summary = useRef<HTMLElement>(null);
  // The button that was pressed is gone with the change.
  useEffect(() => {
    if (cancelled?.ok) summary.current?.focus();
  }, [cancelled]);
  const { open } = newest(change, asked, cancelled);
  return (
    <>
      {open ? (
        <Notice title={`To become ${open.to}`}>
          <p>
            Both mailboxes have a letter, and the button in each is to be pressed until{" "}
            {absoluteTime(open.until)}.
            {isMailed ? null : " No email provider is set: whoever runs this Foyer can read them to you."}
          </p>
          <ul>
            <Mailbox address={account.email} agreed={open.oldAgreed} />
            <Mailbox address={open.to} agreed={open.newAgreed} />
          </ul>
          <form action={cancel} className="notice-action">
            <FormError>{cancelled?.ok === false ? cancelled.message : null}</FormError>
            <input type="hidden" name="account" value={account.id} />
            <SubmitButton variant="plain" size="small">
              Cancel the change
            </SubmitButton>
          </form>
        </Notice>
      ) : null}
      <details className="own-change" open={asked !== null || undefined}>
        <summary ref={summary}>{open ? "Change to another address instead" : "Change address"}</summary>
        <ChangeForm account={account} state={asked} action={ask} />
      </details>
    </>
  );
}

function ChangeForm(props: { account: Props["account"]; state: State; action: (form: FormData) => void }) {
  const { account, state, action } = props;
  const round = useRound(state);
  const refusal = state?.ok === false ? state : null;
  const field = refusal && !refusal.fields ? fieldOf(refusal.reason) : null;
  return (
    <form action={action} className="form">
      <FormError>{refusal && !refusal.fields && !field ? refusal.message : null}</FormError>
      <p role="status">{state?.ok ? "Both mailboxes get a letter. Press the button in each." : null}</p>
      <input type="hidden" name="account" value={account.id} />
      <TextField
        key={`email ${round}`}
        label="New address"
        hint="Your present mailbox is asked too, so that nobody takes your account away."
        name="email"
        type="email"
        autoComplete="email"
        required
        defaultValue={refusal?.values?.email}
        error={refusal?.fields?.email ?? (field === "email" ? refusal?.message : undefined)}
      />
      {account.hasPassword ? (
        <PasswordField
          key={`password ${round}`}
          label="Your password"
          name="currentPassword"
          autoComplete="current-password"
          error={refusal?.fields?.currentPassword ?? (field === "password" ? refusal?.message : undefined)}
        />
      ) : null}
      <div className="form-actions">
        <SubmitButton variant="plain">Ask both mailboxes</SubmitButton>
      </div>
    </form>
  );
}

function Mailbox({ address, agreed }: { address: string; agreed: boolean }) {
  return (
    <li>
      <strong>{address}</strong>: {agreed ? "agreed" : "has not answered yet"}
    </li>
  );
}

/** What is known last: from the page, or from one of the answers. */
function newest(page: AddressChange, ...answers: State[]): AddressChange {
  const known = answers.flatMap((answer) => (answer?.ok ? [answer.value] : []));
  return known.reduce((last, one) => (one.now > last.now ? one : last), page);
}

/** Refusals about one field are said at the field. */
function fieldOf(reason: string): "email" | "password" | null {
  if (["no-address", "never-mailed", "same-address"].includes(reason)) return "email";
  return ["current-missing", "wrong-current"].includes(reason) ? "password" : null;
}
