"use client";

import Link from "next/link";
import { type Column, DataTable } from "@/components/table/data-table";
import { Time } from "@/components/ui/time";
import { describeActivity, fallbackActor } from "@/lib/activity/activity-types";
import type { ActivityRow, Named } from "@/lib/activity/queries";

type Props = {
  rows: readonly ActivityRow[];
  /** The address of Users, where each name leads to its page; undefined: who looks may not open it. */
  users: string | undefined;
};

/** Everything done in the organization (REQ-G4). */
export function ActivityTable({ rows, users }: Props) {
  const columns: Column<ActivityRow>[] = [
    { id: "type", header: "What", place: "lead", cell: (row) => describeActivity(row) },
    {
      id: "person",
      header: "Whom it concerns",
      place: "line",
      cell: ({ person, type }) =>
        person ? <Who who={person} users={users} /> : <small>{fallbackActor(type).person}</small>,
    },
    {
      id: "actor",
      header: "Who did it",
      place: "small",
      listLabel: "by",
      cell: ({ actor, type }) =>
        actor ? <Who who={actor} users={users} isBrief /> : fallbackActor(type).actor,
    },
    { id: "at", header: "When", place: "small", cell: (row) => <Time at={row.at} now={row.now} /> },
  ];
  return <DataTable caption="Activity" columns={columns} rows={rows} rowId={(row) => row.id} />;
}

/** A name with its address, which a narrow list leaves out if it is brief; of who was erased only the id is left. */
function Who({ who, users, isBrief }: { who: Named; users: Props["users"]; isBrief?: boolean }) {
  const { id, name, email } = who;
  const more = email ? name && email : id;
  const shown = email ? name || email : "Erased person";
  return (
    <>
      {users && email ? (
        <Link className="activity-who" href={`${users}/${id}`} prefetch={false}>
          {shown}
        </Link>
      ) : (
        shown
      )}
      {more ? <small className={isBrief ? "activity-more" : undefined}>{more}</small> : null}
    </>
  );
}
