import Link from "next/link";
import { notFound } from "next/navigation";
import { getTimeZone } from "next-intl/server";
import styles from "@/app/mailbox/[message]/message.module.css";
import mailboxStyles from "@/app/mailbox/mailbox.module.css";
import { EmailText } from "@/components/mail/email-text";
import { NoProviderNotice } from "@/components/mail/no-provider-notice";
import { PublicPage } from "@/components/ticket/public-page";
import { EmptyState } from "@/components/ui/empty-state";
import { requireOperator } from "@/lib/auth/guards";
import { env } from "@/lib/config/env";
import { currentTranslation } from "@/lib/i18n/current-translation";
import { formatShortTime } from "@/lib/i18n/format";
import { describeDelivery } from "@/lib/mail/delivery-status";
import { findMailboxEmail } from "@/lib/mail/queries";

export async function generateMetadata() {
  const { t } = await currentTranslation();
  return { title: t("admin.mailbox.email.title") };
}

/** An email as its recipient would see it, with the text version below (REQ-H1). */
export default async function MailboxEmailPage({ params }: PageProps<"/mailbox/[message]">) {
  const operator = await requireOperator();
  const email = await findMailboxEmail(operator, (await params).message);
  if (!email) notFound();
  const { id, to, subject, state, detail, createdAt, content } = email;
  const translation = await currentTranslation();
  const { t, locale } = translation;
  return (
    <PublicPage hasLanguagePicker={false} width="wide">
      <p>
        <Link href="/mailbox" prefetch={false} className={mailboxStyles.link}>
          {t("admin.mailbox.title")}
        </Link>
      </p>
      <h1>{subject ?? t("admin.mailbox.email.title")}</h1>
      <NoProviderNotice />
      <dl className={styles.details}>
        <dt>{t("admin.mailbox.email.to")}</dt>
        <dd className={styles.address}>{to}</dd>
        {content ? (
          <>
            <dt>{t("admin.mailbox.email.from")}</dt>
            <dd className={styles.address}>{content.from}</dd>
          </>
        ) : null}
        <dt>{t("admin.mailbox.email.created")}</dt>
        <dd>{formatShortTime(createdAt, locale, await getTimeZone())}</dd>
        <dt>{t("admin.mailbox.email.delivery")}</dt>
        <dd>{describeDelivery(translation, state, detail)}</dd>
      </dl>
      {content ? (
        <>
          <iframe
            title={t("admin.mailbox.email.preview", { subject: subject ?? "" })}
            src={`/mailbox/${id}/html`}
            sandbox=""
            className={styles.preview}
          />
          <h2>{t("admin.mailbox.email.text")}</h2>
          <p>{t("admin.mailbox.email.links")}</p>
          <EmailText text={content.text} origin={env().origin} />
        </>
      ) : (
        <EmptyState title={t("admin.mailbox.email.noContent")}>
          {state === "queued" ? t("admin.mailbox.email.preparing") : t("admin.mailbox.email.neverCreated")}
        </EmptyState>
      )}
    </PublicPage>
  );
}
