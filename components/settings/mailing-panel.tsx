"use client";

import { useEffect, useRef, useState, useTransition } from "react";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { FormError } from "@/components/ui/notice";
import { Spinner } from "@/components/ui/spinner";
import { Time } from "@/components/ui/time";
import type { Provider } from "@/lib/mail/provider";
import { deliveryWords, type LetterState } from "@/lib/mail/states";
import { sendTestEmail, showTestEmail } from "@/lib/settings/actions";
import type { Mailing, TestLetter } from "@/lib/settings/queries";

const PROVIDERS: Record<Provider, string> = {
  resend: "Resend",
  smtp: "SMTP",
  mailbox: "None. Letters stay in the mailbox, which only operators can open.",
};

type Props = { organization: string; mailing: Mailing; email: string };

/** How letters leave, and **Send test email** (REQ-G3). What becomes of the letter is looked at until it is known. */
export function MailingPanel({ organization, mailing, email }: Props) {
  const [test, setTest] = useState(mailing.test);
  const [error, setError] = useState<string | null>(null);
  const [pending, start] = useTransition();
  useNews(organization, test, setTest);
  const send = () =>
    start(async () => {
      const result = await sendTestEmail({ organization }).catch(() => null);
      if (!result?.ok)
        return setError(result?.message ?? "The server could not be reached. Nothing was sent.");
      setError(null);
      setTest(result.value);
    });
  return (
    <section className="panel" aria-labelledby="settings-email">
      <h2 id="settings-email">Email</h2>
      <dl className="held">
        <dt>Provider</dt>
        <dd>{PROVIDERS[mailing.provider]}</dd>
        <dt>Sender</dt>
        <dd>{mailing.sender ?? "Nobody: no letter leaves."}</dd>
        {test ? (
          <>
            <dt>Latest test email</dt>
            <dd aria-live="polite">
              <Badge tone={toneOf(test.state)}>{deliveryWords(test.state, test.detail)}</Badge>{" "}
              <span className="field-hint">
                to {test.to}, <Time at={test.at} now={test.now} />
              </span>
            </dd>
          </>
        ) : null}
      </dl>
      <p className="field-hint">
        Provider and sender are set where Foyer is started. A test goes to {email} and counts as one of the
        five letters that an address gets a day.
      </p>
      <FormError>{error}</FormError>
      <div className="form-actions">
        <Button
          onClick={() => (pending ? undefined : send())}
          aria-busy={pending || undefined}
          icon={pending ? <Spinner /> : null}
        >
          Send test email
        </Button>
      </div>
    </section>
  );
}

/** So often, and so long after it was sent, is looked for what became of it. */
const EVERY = 1_000;
const MOST_LOOKS = 20;

function useNews(organization: string, test: TestLetter | null, show: (test: TestLetter | null) => void) {
  const looks = useRef({ at: test?.at, left: MOST_LOOKS });
  useEffect(() => {
    if (test?.state !== "queued") return;
    if (looks.current.at !== test.at) looks.current = { at: test.at, left: MOST_LOOKS };
    const look = setTimeout(async () => {
      looks.current.left -= 1;
      if (looks.current.left < 0) return;
      const result = await showTestEmail({ organization }).catch(() => null);
      // Another object, so that it is looked at again while nothing is known.
      show(result?.ok ? result.value : { ...test });
    }, EVERY);
    return () => clearTimeout(look);
  }, [organization, test, show]);
}

function toneOf(state: LetterState): BadgeTone {
  if (state === "sent" || state === "delivered") return "ok";
  return state === "queued" ? "quiet" : "warn";
}
