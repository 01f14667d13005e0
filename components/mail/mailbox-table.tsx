"use client";

import Link from "next/link";
import { type Column, DataTable } from "@/components/table/data-table";
import { Timestamp } from "@/components/ui/timestamp";
import { describeDelivery, EMAIL_KIND_NAMES } from "@/lib/mail/delivery-status";
import type { MailboxRow } from "@/lib/mail/queries";

/** The emails of the mailbox page, newest first. */
export function MailboxTable({ emails, now }: { emails: MailboxRow[]; now: Date }) {
  const columns: Column<MailboxRow>[] = [
    {
      id: "to",
      header: "To",
      slot: "lead",
      cell: (email) => (
        <>
          <Link href={`/mailbox/${email.id}`} prefetch={false}>
            {email.to}
          </Link>
          <small>{email.subject ?? "Being written"}</small>
        </>
      ),
    },
    { id: "kind", header: "Type", slot: "small", cell: ({ kind }) => EMAIL_KIND_NAMES[kind] },
    {
      id: "state",
      header: "Delivery",
      slot: "line",
      cell: ({ state, detail }) => describeDelivery(state, detail),
    },
    {
      id: "at",
      header: "Written",
      slot: "small",
      cell: ({ createdAt }) => <Timestamp at={createdAt} now={now} />,
    },
  ];
  return (
    <div className="mailbox-table">
      <DataTable caption="Emails" columns={columns} rows={emails} rowId={({ id }) => id} />
    </div>
  );
}
