"use client";

import Link from "next/link";
import styles from "@/components/activity/activity-table.module.css";
import { defineColumns } from "@/components/table/columns";
import { DataTable } from "@/components/table/data-table";
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
  const columns = defineColumns<ActivityRow>([
    {
      id: "type",
      header: "What",
      meta: { slot: "lead" },
      cell: ({ row: { original: row } }) => describeActivity(row),
    },
    {
      id: "person",
      header: "Whom it concerns",
      meta: { slot: "line" },
      cell: ({ row: { original: row } }) =>
        row.person ? (
          <Person person={row.person} usersUrl={usersUrl} />
        ) : (
          <small>{fallbackActor(row.type).person}</small>
        ),
    },
    {
      id: "actor",
      header: "Who did it",
      meta: { slot: "small", listLabel: "by" },
      cell: ({ row: { original: row } }) =>
        row.actor ? (
          <Person person={row.actor} usersUrl={usersUrl} isCompact />
        ) : (
          fallbackActor(row.type).actor
        ),
    },
    {
      id: "at",
      header: "When",
      meta: { slot: "small" },
      cell: ({ row: { original: row } }) => <Timestamp at={row.at} now={row.now} />,
    },
  ]);
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
        <Link className={styles.user} href={`${usersUrl}/${id}`} prefetch={false}>
          {label}
        </Link>
      ) : (
        label
      )}
      {detail ? <small className={isCompact ? styles.compactDetail : undefined}>{detail}</small> : null}
    </>
  );
}
