"use client";

import { type Column, DataTable } from "@/components/table/data-table";
import { Time } from "@/components/ui/time";
import { inTimelineWords } from "@/lib/activity/happenings";
import type { ActivityRow, Named } from "@/lib/activity/queries";

const COLUMNS: Column<ActivityRow>[] = [
  { id: "what", header: "What", place: "lead", cell: (row) => inTimelineWords(row) },
  {
    id: "person",
    header: "Whom it concerns",
    place: "line",
    cell: ({ person }) => (person ? <Who {...person} /> : <small>The organization</small>),
  },
  {
    id: "actor",
    header: "Who did it",
    place: "line",
    listLabel: "by",
    cell: ({ actor }) => (actor ? <Who {...actor} /> : <small>Foyer itself</small>),
  },
  { id: "at", header: "When", place: "small", cell: (row) => <Time at={row.at} now={row.now} /> },
];

/** Everything done in the organization (R G4). */
export function ActivityTable({ rows }: { rows: readonly ActivityRow[] }) {
  return <DataTable caption="Activity" columns={COLUMNS} rows={rows} rowId={(row) => row.id} />;
}

/** A name with its address; of who was erased only the id is left. */
function Who({ id, name, email }: Named) {
  if (!email)
    return (
      <>
        Erased person <small>{id}</small>
      </>
    );
  return (
    <>
      {name || email}
      {name ? <small>{email}</small> : null}
    </>
  );
}
