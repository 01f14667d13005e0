"use client";

import Link from "next/link";
import { defineColumns } from "@/components/table/columns";
import { DataTable } from "@/components/table/data-table";
import { Timestamp } from "@/components/ui/timestamp";
import { describeDelivery, EMAIL_KIND_NAMES } from "@/lib/mail/delivery-status";
import type { MailboxRow } from "@/lib/mail/queries";

/** The emails of the mailbox page, newest first. */
export function MailboxTable({ emails, now }: { emails: MailboxRow[]; now: Date }) {
  const columns = defineColumns<MailboxRow>([
    {
      id: "to",
      header: "To",
      meta: { slot: "lead" },
      cell: ({ row: { original: email } }) => (
        <>
          <Link href={`/mailbox/${email.id}`} prefetch={false}>
            {email.to}
          </Link>
          <small>{email.subject ?? "Being written"}</small>
        </>
      ),
    },
    {
      id: "kind",
      header: "Type",
      meta: { slot: "small" },
      cell: ({ row: { original: email } }) => EMAIL_KIND_NAMES[email.kind],
    },
    {
      id: "state",
      header: "Delivery",
      meta: { slot: "line" },
      cell: ({ row: { original: email } }) => describeDelivery(email.state, email.detail),
    },
    {
      id: "at",
      header: "Written",
      meta: { slot: "small" },
      cell: ({ row: { original: email } }) => <Timestamp at={email.createdAt} now={now} />,
    },
  ]);
  return (
    // In the grid of the page, the wrapper prevents the margins that a table has next to a notice or pagination.
    <div>
      <DataTable caption="Emails" columns={columns} rows={emails} rowId={({ id }) => id} layout="fixed" />
    </div>
  );
}
