import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import styles from "@/app/mailbox/mailbox.module.css";
import { ClientMessages } from "@/components/i18n/client-messages";
import { MailboxTable } from "@/components/mail/mailbox-table";
import { NoProviderNotice } from "@/components/mail/no-provider-notice";
import { Pagination } from "@/components/table/pagination";
import { PublicPage } from "@/components/ticket/public-page";
import { EmptyState } from "@/components/ui/empty-state";
import { requireOperator } from "@/lib/auth/guards";
import { listMailbox } from "@/lib/mail/queries";

export async function generateMetadata() {
  const t = await getTranslations();
  return { title: t("admin.mailbox.title") };
}

/** Every email, for operators, while no email provider is configured (REQ-H1). */
export default async function MailboxPage({ searchParams }: PageProps<"/mailbox">) {
  const operator = await requireOperator();
  const { after } = await searchParams;
  const from = typeof after === "string" ? after : undefined;
  const page = await listMailbox(operator, { after: from });
  if (!page) notFound();
  const { emails, next, now } = page;
  const t = await getTranslations();
  return (
    <PublicPage hasLanguagePicker={false} width="wide">
      <p>
        <Link href="/" prefetch={false} className={styles.link}>
          {t("common.backToFoyer")}
        </Link>
      </p>
      <h1>{t("admin.mailbox.title")}</h1>
      <NoProviderNotice />
      {emails.length > 0 ? (
        <ClientMessages namespaces={["admin.table", "admin.mailbox", "admin.delivery"]}>
          <MailboxTable emails={emails} now={now} />
        </ClientMessages>
      ) : (
        <EmptyState title={t("admin.mailbox.empty.title")}>{t("admin.mailbox.empty.hint")}</EmptyState>
      )}
      <Pagination
        label={t("admin.mailbox.pages")}
        summary={from ? <NewestLink /> : undefined}
        next={next ? `/mailbox?after=${next}` : undefined}
      />
    </PublicPage>
  );
}

async function NewestLink() {
  const t = await getTranslations();
  return (
    <Link href="/mailbox" prefetch={false} className={styles.link}>
      {t("admin.mailbox.newest")}
    </Link>
  );
}
