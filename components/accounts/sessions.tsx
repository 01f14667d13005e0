"use client";

import { useActionState } from "react";
import { Badge } from "@/components/ui/badge";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { Time } from "@/components/ui/time";
import { endOwnSession } from "@/lib/accounts/actions";
import type { OpenSession } from "@/lib/auth/session";
import type { ActionResult } from "@/lib/result/action-result";

export type SessionRow = Omit<OpenSession, "userAgent"> & { browser: string };

type Props = {
  account: string;
  sessions: readonly SessionRow[];
  /** Every other one was ended, here or by a new password. */
  areOthersOver: boolean;
  state: ActionResult<unknown> | null;
  action: (form: FormData) => void;
};

/** Where somebody is signed in. What was ended stays in sight, so that the focus does too, until the page is opened anew. */
export function Sessions({ account, sessions, areOthersOver, state, action }: Props) {
  const others = sessions.filter(({ isThis }) => !isThis);
  return (
    <>
      <ul>
        {sessions.map((session) => (
          <Session
            key={session.id}
            account={account}
            session={session}
            isOver={areOthersOver && !session.isThis}
          />
        ))}
      </ul>
      <form action={action} className="form">
        <FormError>{state?.ok === false ? state.message : null}</FormError>
        <input type="hidden" name="account" value={account} />
        <p role="status">{state?.ok ? "You are signed in here alone." : null}</p>
        <div className="form-actions">
          <SubmitButton
            variant="danger"
            disabledReason={
              others.length === 0 || areOthersOver ? "You are signed in here alone." : undefined
            }
          >
            End all others
          </SubmitButton>
        </div>
      </form>
    </>
  );
}

function Session(props: { account: string; session: SessionRow; isOver: boolean }) {
  const { id, browser, createdAt, seenAt, now, isThis } = props.session;
  const [state, action] = useActionState(endOwnSession, null);
  const isOver = props.isOver || state?.ok === true;
  return (
    <li className="ending">
      <div>
        <h3>
          {browser} {isThis ? <Badge tone="ok">This one</Badge> : null}
        </h3>
        <p>
          Begun <Time at={createdAt} now={now} />, last seen <Time at={seenAt} now={now} />
        </p>
        <FormError>{state?.ok === false ? state.message : null}</FormError>
      </div>
      {isThis ? null : (
        <form action={action}>
          <input type="hidden" name="account" value={props.account} />
          <input type="hidden" name="session" value={id} />
          <SubmitButton
            variant="plain"
            aria-label={isOver ? `Ended: ${browser}` : `End: ${browser}`}
            disabledReason={isOver ? "Signed out by its next request." : undefined}
          >
            {isOver ? "Ended" : "End"}
          </SubmitButton>
        </form>
      )}
    </li>
  );
}
