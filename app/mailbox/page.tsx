import Link from "next/link";
import { notFound } from "next/navigation";
import styles from "@/app/mailbox/mailbox.module.css";
import { MailboxTable } from "@/components/mail/mailbox-table";
import { NoProviderNotice } from "@/components/mail/no-provider-notice";
import { Pagination } from "@/components/table/pagination";
import { PublicPage } from "@/components/ticket/public-page";
import { EmptyState } from "@/components/ui/empty-state";
import { requireOperator } from "@/lib/auth/guards";
import { listMailbox } from "@/lib/mail/queries";

export const metadata = { title: "Mailbox" };

/** Every email, for operators, while no email provider is configured (REQ-H1). */
export default async function MailboxPage({ searchParams }: PageProps<"/mailbox">) {
  const operator = await requireOperator();
  const { after } = await searchParams;
  const from = typeof after === "string" ? after : undefined;
  const page = await listMailbox(operator, { after: from });
  if (!page) notFound();
  const { emails, next, now } = page;
  return (
    <PublicPage width="wide">
      <p>
        <Link href="/" prefetch={false} className={styles.link}>
          Back to Foyer
        </Link>
      </p>
      <h1>Mailbox</h1>
      <NoProviderNotice />
      {emails.length > 0 ? (
        <MailboxTable emails={emails} now={now} />
      ) : (
        <EmptyState title="No emails yet">Emails appear here after you invite someone.</EmptyState>
      )}
      <Pagination
        label="Pages of emails"
        summary={from ? <NewestLink /> : undefined}
        next={next ? `/mailbox?after=${next}` : undefined}
      />
    </PublicPage>
  );
}

function NewestLink() {
  return (
    <Link href="/mailbox" prefetch={false} className={styles.link}>
      Newest emails
    </Link>
  );
}
