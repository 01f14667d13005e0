"use client";

import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
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
  const t = useTranslations();
  const translation = { t, locale: useLocale() };
  const columns = defineColumns<ActivityRow>([
    {
      id: "type",
      header: t("admin.activity.table.event"),
      meta: { slot: "lead" },
      cell: ({ row: { original: row } }) => describeActivity(translation, row),
    },
    {
      id: "person",
      header: t("admin.activity.table.user"),
      meta: { slot: "line" },
      cell: ({ row: { original: row } }) =>
        row.person ? (
          <Person person={row.person} usersUrl={usersUrl} />
        ) : (
          <small>{fallbackActor(translation, row.type).person}</small>
        ),
    },
    {
      id: "actor",
      header: t("admin.activity.table.by"),
      meta: { slot: "small", listLabel: t("admin.activity.table.byLabel") },
      cell: ({ row: { original: row } }) =>
        row.actor ? (
          <Person person={row.actor} usersUrl={usersUrl} isCompact />
        ) : (
          fallbackActor(translation, row.type).actor
        ),
    },
    {
      id: "at",
      header: t("admin.activity.table.when"),
      meta: { slot: "small" },
      cell: ({ row: { original: row } }) => <Timestamp at={row.at} now={row.now} />,
    },
  ]);
  return (
    <DataTable
      caption={t("admin.activity.table.caption")}
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
    />
  );
}

type PersonProps = { person: ActivityPerson; usersUrl: Props["usersUrl"]; isCompact?: boolean };

/** A name with the address, which a compact one omits in narrow tables; for an erased person the id. */
function Person({ person, usersUrl, isCompact }: PersonProps) {
  const t = useTranslations();
  const { id, name, email } = person;
  const detail = email ? name && email : id;
  const label = email ? name || email : t("admin.activity.erasedUser");
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
