"use client";

import { useActionState } from "react";
import { PasswordForm } from "@/components/accounts/password-form";
import { type SessionRow, Sessions } from "@/components/accounts/sessions";
import { Panel } from "@/components/ui/panel";
import { changePassword, endOtherSessions } from "@/lib/accounts/actions";

type Props = {
  account: { id: string; email: string; hasPassword: boolean };
  sessions: readonly SessionRow[];
};

/** Password and sessions together: a new password ends the others, and the list says so at once. */
export function Access({ account, sessions }: Props) {
  const [changed, change] = useActionState(changePassword, null);
  const [ended, end] = useActionState(endOtherSessions, null);
  return (
    <>
      <Panel title="Password">
        <PasswordForm account={account} state={changed} action={change} />
      </Panel>
      <Panel title="Sessions">
        <p className="panel-lead">
          Every browser you are signed in with. One that you do not know: end it, and change your password.
        </p>
        <Sessions
          account={account.id}
          sessions={sessions}
          areOthersOver={changed?.ok === true || ended?.ok === true}
          state={ended}
          action={end}
        />
      </Panel>
    </>
  );
}
