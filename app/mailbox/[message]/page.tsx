import Link from "next/link";
import { notFound } from "next/navigation";
import styles from "@/app/mailbox/[message]/message.module.css";
import mailboxStyles from "@/app/mailbox/mailbox.module.css";
import { EmailText } from "@/components/mail/email-text";
import { NoProviderNotice } from "@/components/mail/no-provider-notice";
import { PublicPage } from "@/components/ticket/public-page";
import { EmptyState } from "@/components/ui/empty-state";
import { formatAbsoluteTime } from "@/components/ui/format-time";
import { requireOperator } from "@/lib/auth/guards";
import { env } from "@/lib/config/env";
import { describeDelivery } from "@/lib/mail/delivery-status";
import { findMailboxEmail } from "@/lib/mail/queries";

export const metadata = { title: "Email" };

/** An email as its recipient would see it, with the text version below (REQ-H1). */
export default async function MailboxEmailPage({ params }: PageProps<"/mailbox/[message]">) {
  const operator = await requireOperator();
  const email = await findMailboxEmail(operator, (await params).message);
  if (!email) notFound();
  const { id, to, subject, state, detail, createdAt, content } = email;
  return (
    <PublicPage width="wide">
      <p>
        <Link href="/mailbox" prefetch={false} className={mailboxStyles.link}>
          Mailbox
        </Link>
      </p>
      <h1>{subject ?? "Email"}</h1>
      <NoProviderNotice />
      <dl className={styles.details}>
        <dt>To</dt>
        <dd className={styles.address}>{to}</dd>
        {content ? (
          <>
            <dt>From</dt>
            <dd className={styles.address}>{content.from}</dd>
          </>
        ) : null}
        <dt>Written</dt>
        <dd>{formatAbsoluteTime(createdAt)}</dd>
        <dt>Delivery</dt>
        <dd>{describeDelivery(state, detail)}</dd>
      </dl>
      {content ? (
        <>
          <iframe
            title={`Email: ${subject}`}
            src={`/mailbox/${id}/html`}
            sandbox=""
            className={styles.preview}
          />
          <h2>Text version</h2>
          <p>Links work in this version, but not in the preview above.</p>
          <EmailText text={content.text} origin={env().origin} />
        </>
      ) : (
        <EmptyState title="Nothing to read">
          {state === "queued" ? "It is being written: look again in a moment." : "It was never written."}
        </EmptyState>
      )}
    </PublicPage>
  );
}
