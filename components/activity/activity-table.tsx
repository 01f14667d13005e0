"use client";

import Link from "next/link";
import { type Column, DataTable } from "@/components/table/data-table";
import { Timestamp } from "@/components/ui/timestamp";
import { describeActivity, fallbackActor } from "@/lib/activity/activity-types";
import type { ActivityPerson, ActivityRow } from "@/lib/activity/queries";

type Props = {
  rows: readonly ActivityRow[];
  /** The URL of Users, for links to profiles; undefined if the actor cannot open them. */
  usersUrl: string | undefined;
};

/** The table of the organization's activity (REQ-G4). */
export function ActivityTable({ rows, usersUrl }: Props) {
  const columns: Column<ActivityRow>[] = [
    { id: "type", header: "What", slot: "lead", cell: (row) => describeActivity(row) },
    {
      id: "person",
      header: "Whom it concerns",
      slot: "line",
      cell: ({ person, type }) =>
        person ? <Person person={person} usersUrl={usersUrl} /> : <small>{fallbackActor(type).person}</small>,
    },
    {
      id: "actor",
      header: "Who did it",
      slot: "small",
      listLabel: "by",
      cell: ({ actor, type }) =>
        actor ? <Person person={actor} usersUrl={usersUrl} isCompact /> : fallbackActor(type).actor,
    },
    { id: "at", header: "When", slot: "small", cell: (row) => <Timestamp at={row.at} now={row.now} /> },
  ];
  return <DataTable caption="Activity" columns={columns} rows={rows} rowId={(row) => row.id} />;
}

type PersonProps = { person: ActivityPerson; usersUrl: Props["usersUrl"]; isCompact?: boolean };

/** A name with the address, which a compact one omits in narrow tables; for an erased person the id. */
function Person({ person, usersUrl, isCompact }: PersonProps) {
  const { id, name, email } = person;
  const detail = email ? name && email : id;
  const label = email ? name || email : "Erased person";
  return (
    <>
      {usersUrl && email ? (
        <Link className="activity-user" href={`${usersUrl}/${id}`} prefetch={false}>
          {label}
        </Link>
      ) : (
        label
      )}
      {detail ? <small className={isCompact ? "activity-more" : undefined}>{detail}</small> : null}
    </>
  );
}
