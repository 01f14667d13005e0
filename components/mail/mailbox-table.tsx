"use client";

import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { defineColumns } from "@/components/table/columns";
import { DataTable } from "@/components/table/data-table";
import { Timestamp } from "@/components/ui/timestamp";
import { describeDelivery } from "@/lib/mail/delivery-status";
import type { MailboxRow } from "@/lib/mail/queries";

/** The emails of the mailbox page, newest first. */
export function MailboxTable({ emails, now }: { emails: MailboxRow[]; now: Date }) {
  const t = useTranslations();
  const translation = { t, locale: useLocale() };
  const columns = defineColumns<MailboxRow>([
    {
      id: "to",
      header: t("admin.mailbox.table.to"),
      meta: { slot: "lead" },
      cell: ({ row: { original: email } }) => (
        <>
          <Link href={`/mailbox/${email.id}`} prefetch={false}>
            {email.to}
          </Link>
          <small>{email.subject ?? t("admin.mailbox.table.preparing")}</small>
        </>
      ),
    },
    {
      id: "kind",
      header: t("admin.mailbox.table.type"),
      meta: { slot: "small" },
      cell: ({ row: { original: email } }) => t(`admin.mailbox.kind.${email.kind}`),
    },
    {
      id: "state",
      header: t("admin.mailbox.table.delivery"),
      meta: { slot: "line" },
      cell: ({ row: { original: email } }) => describeDelivery(translation, email.state, email.detail),
    },
    {
      id: "at",
      header: t("admin.mailbox.table.created"),
      meta: { slot: "small" },
      cell: ({ row: { original: email } }) => <Timestamp at={email.createdAt} now={now} />,
    },
  ]);
  return (
    // In the grid of the page, the wrapper prevents the margins that a table has next to a notice or pagination.
    <div>
      <DataTable
        caption={t("admin.mailbox.table.caption")}
        columns={columns}
        rows={emails}
        rowId={({ id }) => id}
        layout="fixed"
      />
    </div>
  );
}
