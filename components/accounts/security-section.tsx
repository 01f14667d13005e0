"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { PasswordForm } from "@/components/accounts/password-form";
import { SessionList, type SessionRow } from "@/components/accounts/session-list";
import { Panel } from "@/components/ui/panel";
import panelStyles from "@/components/ui/panel.module.css";
import { changePasswordAction, endAllOtherSessionsAction } from "@/lib/accounts/actions";

type Props = {
  account: { id: string; email: string; hasPassword: boolean };
  sessions: readonly SessionRow[];
};

/** Password and sessions. Together, because a password change also ends the other sessions in the list. */
export function SecuritySection({ account, sessions }: Props) {
  const t = useTranslations();
  const [passwordState, changePassword] = useActionState(changePasswordAction, null);
  const [sessionsState, endOtherSessions] = useActionState(endAllOtherSessionsAction, null);
  return (
    <>
      <Panel id="password" title={t("accounts.account.password")}>
        <PasswordForm account={account} state={passwordState} action={changePassword} />
      </Panel>
      <Panel title={t("accounts.account.sessions")}>
        <p className={panelStyles.intro}>{t("accounts.sessions.intro")}</p>
        <SessionList
          account={account.id}
          sessions={sessions}
          areOthersEnded={passwordState?.ok === true || sessionsState?.ok === true}
          state={sessionsState}
          action={endOtherSessions}
        />
      </Panel>
    </>
  );
}
