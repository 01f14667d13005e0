"use client";

import Link from "next/link";
import { type Column, DataTable } from "@/components/table/data-table";
import { Time } from "@/components/ui/time";
import type { LetterRow } from "@/lib/mail/queries";
import { deliveryWords, KIND_NAMES } from "@/lib/mail/states";

/** The letters of the mailbox page, newest first. */
export function LetterTable({ letters, now }: { letters: LetterRow[]; now: Date }) {
  const columns: Column<LetterRow>[] = [
    {
      id: "to",
      header: "To",
      place: "lead",
      cell: (letter) => (
        <>
          <Link href={`/mailbox/${letter.id}`} prefetch={false}>
            {letter.to}
          </Link>
          <small>{letter.subject ?? "Being written"}</small>
        </>
      ),
    },
    { id: "kind", header: "Letter", place: "small", cell: ({ kind }) => KIND_NAMES[kind] },
    {
      id: "state",
      header: "Delivery",
      place: "line",
      cell: ({ state, detail }) => deliveryWords(state, detail),
    },
    {
      id: "at",
      header: "Written",
      place: "small",
      cell: ({ createdAt }) => <Time at={createdAt} now={now} />,
    },
  ];
  return (
    <div className="letters">
      <DataTable caption="Letters" columns={columns} rows={letters} rowId={({ id }) => id} />
    </div>
  );
}
