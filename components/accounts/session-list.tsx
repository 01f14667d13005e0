"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import actionRowStyles from "@/components/ui/action-row.module.css";
import { Badge } from "@/components/ui/badge";
import formStyles from "@/components/ui/form.module.css";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { Timestamp } from "@/components/ui/timestamp";
import { endOtherSessionAction } from "@/lib/accounts/actions";
import type { ActiveSession } from "@/lib/auth/session";
import type { ActionResult } from "@/lib/result/action-result";

export type SessionRow = Omit<ActiveSession, "userAgent"> & { browser: string };

type Props = {
  account: string;
  sessions: readonly SessionRow[];
  /** True if all other sessions were ended, here or by a password change. */
  areOthersEnded: boolean;
  state: ActionResult<unknown> | null;
  action: (form: FormData) => void;
};

/** The user's sessions. Ended ones stay in the list until the page is reloaded, so that the focus is kept. */
export function SessionList({ account, sessions, areOthersEnded, state, action }: Props) {
  const t = useTranslations();
  const others = sessions.filter(({ isCurrent }) => !isCurrent);
  return (
    <>
      <ul>
        {sessions.map((session) => (
          <SessionItem
            key={session.id}
            account={account}
            session={session}
            isEnded={areOthersEnded && !session.isCurrent}
          />
        ))}
      </ul>
      <form action={action} className={formStyles.form}>
        <FormError>{state?.ok === false ? state.message : null}</FormError>
        <input type="hidden" name="account" value={account} />
        <p role="status">{state?.ok ? t("accounts.sessions.noOthers") : null}</p>
        <div className={formStyles.actions}>
          <SubmitButton
            variant="danger"
            disabledReason={
              others.length === 0 || areOthersEnded ? t("accounts.sessions.noOthers") : undefined
            }
          >
            {t("accounts.sessions.endOthers")}
          </SubmitButton>
        </div>
      </form>
    </>
  );
}

function SessionItem(props: { account: string; session: SessionRow; isEnded: boolean }) {
  const t = useTranslations();
  const { id, browser, createdAt, seenAt, now, isCurrent } = props.session;
  const [state, action] = useActionState(endOtherSessionAction, null);
  const isEnded = props.isEnded || state?.ok === true;
  return (
    <li className={actionRowStyles.row}>
      <div>
        <h3>
          {browser} {isCurrent ? <Badge tone="ok">{t("accounts.sessions.thisBrowser")}</Badge> : null}
        </h3>
        <p>
          {t.rich("accounts.sessions.times", {
            started: () => <Timestamp at={createdAt} now={now} />,
            active: () => <Timestamp at={seenAt} now={now} />,
          })}
        </p>
        <FormError>{state?.ok === false ? state.message : null}</FormError>
      </div>
      {isCurrent ? null : (
        <form action={action}>
          <input type="hidden" name="account" value={props.account} />
          <input type="hidden" name="session" value={id} />
          <SubmitButton
            variant="plain"
            aria-label={t(isEnded ? "accounts.sessions.sessionEnded" : "accounts.sessions.endSession", {
              browser,
            })}
            disabledReason={isEnded ? t("accounts.sessions.endedReason") : undefined}
          >
            {t(isEnded ? "accounts.sessions.ended" : "accounts.sessions.end")}
          </SubmitButton>
        </form>
      )}
    </li>
  );
}
