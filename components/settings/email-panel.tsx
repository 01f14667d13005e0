"use client";

import { useLocale, useTranslations } from "next-intl";
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
import { findTestEmailAction, sendTestEmailAction } from "@/lib/settings/actions";
import type { EmailStatus, TestEmail } from "@/lib/settings/queries";

type Props = { organization: string; status: EmailStatus; email: string };

/** Email provider and sender, and **Send test email** (REQ-G3). Polls the delivery status of the test email. */
export function EmailPanel({ organization, status, email }: Props) {
  const t = useTranslations();
  const translation = { t, locale: useLocale() };
  const [test, setTest] = useState(status.test);
  const [error, setError] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  usePolledTest(organization, test, setTest);
  const send = () =>
    startTransition(async () => {
      const result = await sendTestEmailAction({ organization }).catch(() => null);
      if (!result?.ok) return setError(result?.message ?? t("errors.actions.unreachable"));
      setError(null);
      setTest(result.value);
    });
  return (
    <section className={`${panelStyles.panel} ${styles.panel}`} aria-labelledby="settings-email">
      <h2 id="settings-email">{t("admin.settings.email.title")}</h2>
      <dl className={listStyles.list}>
        <dt>{t("admin.settings.email.provider")}</dt>
        <dd>{t(`admin.settings.email.providers.${status.provider}`)}</dd>
        <dt>{t("admin.settings.email.sender")}</dt>
        <dd>{status.sender ?? t("admin.settings.email.noSender")}</dd>
        {test ? (
          <>
            <dt>{t("admin.settings.email.latestTest")}</dt>
            <dd aria-live="polite">
              <Badge tone={toneOf(test.state)}>
                {describeDelivery(translation, test.state, test.detail)}
              </Badge>{" "}
              <span className={listStyles.detail}>
                {t.rich("admin.settings.email.testSent", {
                  address: test.to,
                  time: () => <Timestamp at={test.at} now={test.now} />,
                })}
              </span>
            </dd>
          </>
        ) : null}
      </dl>
      <p className={fieldStyles.hint}>{t("admin.settings.email.text", { email })}</p>
      <FormError>{error}</FormError>
      <div className={formStyles.actions}>
        <Button
          onClick={() => (pending ? undefined : send())}
          aria-busy={pending || undefined}
          icon={pending ? <Spinner /> : null}
        >
          {t("admin.settings.email.sendTest")}
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
