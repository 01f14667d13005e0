"use client";

import { useEffect, useRef, useState, useTransition } from "react";
import styles from "@/components/settings/email-panel.module.css";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import listStyles from "@/components/ui/description-list.module.css";
import fieldStyles from "@/components/ui/field.module.css";
import formStyles from "@/components/ui/form.module.css";
import { FormError } from "@/components/ui/notice";
import panelStyles from "@/components/ui/panel.module.css";
import { Spinner } from "@/components/ui/spinner";
import { Timestamp } from "@/components/ui/timestamp";
import { type DeliveryStatus, describeDelivery } from "@/lib/mail/delivery-status";
import type { EmailProvider } from "@/lib/mail/provider";
import { findTestEmailAction, sendTestEmailAction } from "@/lib/settings/actions";
import type { EmailStatus, TestEmail } from "@/lib/settings/queries";

const PROVIDERS: Record<EmailProvider, string> = {
  resend: "Resend",
  smtp: "SMTP",
  mailbox: "Not set up. Emails stay in the mailbox, which only operators can open.",
};

type Props = { organization: string; status: EmailStatus; email: string };

/** Email provider and sender, and **Send test email** (REQ-G3). Polls the delivery status of the test email. */
export function EmailPanel({ organization, status, email }: Props) {
  const [test, setTest] = useState(status.test);
  const [error, setError] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  usePolledTest(organization, test, setTest);
  const send = () =>
    startTransition(async () => {
      const result = await sendTestEmailAction({ organization }).catch(() => null);
      if (!result?.ok)
        return setError(result?.message ?? "The server could not be reached. Nothing was sent.");
      setError(null);
      setTest(result.value);
    });
  return (
    <section className={`${panelStyles.panel} ${styles.panel}`} aria-labelledby="settings-email">
      <h2 id="settings-email">Email</h2>
      <dl className={listStyles.list}>
        <dt>Provider</dt>
        <dd>{PROVIDERS[status.provider]}</dd>
        <dt>Sender</dt>
        <dd>{status.sender ?? "Not set up"}</dd>
        {test ? (
          <>
            <dt>Latest test email</dt>
            <dd aria-live="polite">
              <Badge tone={toneOf(test.state)}>{describeDelivery(test.state, test.detail)}</Badge>{" "}
              <span className={listStyles.detail}>
                to {test.to}, <Timestamp at={test.at} now={test.now} />
              </span>
            </dd>
          </>
        ) : null}
      </dl>
      <p className={fieldStyles.hint}>
        Provider and sender are set on the server. The test goes to {email} and counts toward its daily limit.
      </p>
      <FormError>{error}</FormError>
      <div className={formStyles.actions}>
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

const POLL_INTERVAL_MS = 1_000;
const MAX_POLLS = 20;

function usePolledTest(
  organization: string,
  test: TestEmail | null,
  setTest: (test: TestEmail | null) => void,
) {
  const polls = useRef({ sentAt: test?.at, remaining: MAX_POLLS });
  useEffect(() => {
    if (test?.state !== "queued") return;
    if (polls.current.sentAt !== test.at) polls.current = { sentAt: test.at, remaining: MAX_POLLS };
    const timer = setTimeout(async () => {
      polls.current.remaining -= 1;
      if (polls.current.remaining < 0) return;
      const result = await findTestEmailAction({ organization }).catch(() => null);
      // A new object restarts the effect, which schedules the next poll.
      setTest(result?.ok ? result.value : { ...test });
    }, POLL_INTERVAL_MS);
    return () => clearTimeout(timer);
  }, [organization, test, setTest]);
}

function toneOf(state: DeliveryStatus): BadgeTone {
  if (state === "sent" || state === "delivered") return "ok";
  return state === "queued" ? "quiet" : "warn";
}
