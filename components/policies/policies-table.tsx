"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import styles from "@/components/policies/policies-table.module.css";
import { defineColumns } from "@/components/table/columns";
import { DataTable } from "@/components/table/data-table";
import { RowActions } from "@/components/table/row-actions";
import { ActionMenu } from "@/components/ui/action-menu";
import { Badge } from "@/components/ui/badge";
import { groupByResource, pickCustomPermissions } from "@/lib/permissions/permissions";
import { MAX_COUNTED_PEOPLE } from "@/lib/policies/list";
import type { PolicyRow } from "@/lib/policies/queries";

type Props = {
  rows: readonly PolicyRow[];
  onEdit: (row: PolicyRow) => void;
  onDelete: (row: PolicyRow) => void;
};

/** The table of access policies: name, permissions, number of people, and actions. */
export function PoliciesTable({ rows, onEdit, onDelete }: Props) {
  const t = useTranslations();
  const columns = defineColumns<PolicyRow>([
    {
      id: "name",
      header: t("admin.policies.table.name"),
      meta: { slot: "lead" },
      cell: ({ row: { original: row } }) => (
        <>
          <span className={styles.name}>{row.name}</span>
          {row.builtIn ? <Badge>{t("admin.policies.table.builtIn")}</Badge> : null}
        </>
      ),
    },
    {
      id: "grants",
      header: t("admin.policies.table.grants"),
      meta: { slot: "line" },
      cell: ({ row: { original: row } }) => <Grants row={row} />,
    },
    {
      id: "people",
      header: t("admin.policies.table.people"),
      meta: { slot: "small" },
      cell: ({ row: { original: row } }) =>
        row.people > MAX_COUNTED_PEOPLE
          ? t("admin.policies.table.peopleAtLeast", { count: MAX_COUNTED_PEOPLE })
          : t("admin.policies.table.peopleCount", { count: row.people }),
    },
    {
      id: "actions",
      header: t("admin.policies.table.actions"),
      meta: { slot: "actions" },
      cell: ({ row: { original: row } }) => {
        const disabledReason = row.readOnlyReason
          ? t(`admin.policies.readOnly.${row.readOnlyReason}`)
          : undefined;
        return (
          <RowActions>
            <ActionMenu
              label={t("admin.policies.table.actionsFor", { name: row.name })}
              items={[
                { label: t("admin.policies.table.edit"), onSelect: () => onEdit(row), disabledReason },
                null,
                {
                  label: t("admin.policies.table.delete"),
                  onSelect: () => onDelete(row),
                  disabledReason,
                  danger: true,
                },
              ]}
            />
          </RowActions>
        );
      },
    },
  ]);
  return (
    <DataTable
      caption={t("admin.policies.table.caption")}
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
    />
  );
}

/** One line per resource, such as "Invitations: view, send", then the custom permissions. */
function Grants({ row }: { row: PolicyRow }) {
  const t = useTranslations();
  const format = useFormatter();
  const formatUnits = (items: readonly string[]) => format.list(items, { type: "unit" });
  const b = (text: ReactNode) => <strong>{text}</strong>;
  const custom = pickCustomPermissions(row.permissions);
  return (
    <ul className={styles.grants}>
      {groupByResource(row.permissions).map(({ resource, permissions }) => (
        <li key={resource}>
          {t.rich("admin.policies.table.resource", {
            resource: t(`admin.permissions.resource.${resource}`),
            permissions: formatUnits(
              permissions.map((permission) => t(`admin.permissions.short.${permission}`)),
            ),
            b,
          })}
        </li>
      ))}
      {custom.length > 0 ? (
        <li>
          {t.rich("admin.policies.table.custom", {
            permissions: formatUnits(custom),
            b,
            list: (text) => <span className={styles.productPermissions}>{text}</span>,
          })}
        </li>
      ) : null}
    </ul>
  );
}
