"use client";

import styles from "@/components/policies/policies-table.module.css";
import { defineColumns } from "@/components/table/columns";
import { DataTable } from "@/components/table/data-table";
import { RowActions } from "@/components/table/row-actions";
import { ActionMenu } from "@/components/ui/action-menu";
import { Badge } from "@/components/ui/badge";
import { groupByResource, PERMISSION_MESSAGES, pickCustomPermissions } from "@/lib/permissions/permissions";
import { MAX_COUNTED_PEOPLE } from "@/lib/policies/list";
import { READ_ONLY_POLICY_MESSAGES } from "@/lib/policies/messages";
import type { PolicyRow } from "@/lib/policies/queries";

type Props = {
  rows: readonly PolicyRow[];
  onEdit: (row: PolicyRow) => void;
  onDelete: (row: PolicyRow) => void;
};

/** The table of access policies: name, permissions, number of people, and actions. */
export function PoliciesTable({ rows, onEdit, onDelete }: Props) {
  const columns = defineColumns<PolicyRow>([
    {
      id: "name",
      header: "Name",
      meta: { slot: "lead" },
      cell: ({ row: { original: row } }) => (
        <>
          <span className={styles.name}>{row.name}</span>
          {row.builtIn ? <Badge>Built-in</Badge> : null}
        </>
      ),
    },
    {
      id: "grants",
      header: "What it grants",
      meta: { slot: "line" },
      cell: ({ row: { original: row } }) => <Grants row={row} />,
    },
    {
      id: "people",
      header: "People",
      meta: { slot: "small" },
      cell: ({ row: { original: row } }) => formatPeople(row.people),
    },
    {
      id: "actions",
      header: "Actions",
      meta: { slot: "actions" },
      cell: ({ row: { original: row } }) => {
        const disabledReason = row.readOnlyReason ? READ_ONLY_POLICY_MESSAGES[row.readOnlyReason] : undefined;
        return (
          <RowActions>
            <ActionMenu
              label={`Actions for ${row.name}`}
              items={[
                { label: "Edit access policy", onSelect: () => onEdit(row), disabledReason },
                null,
                {
                  label: "Delete access policy",
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
  return <DataTable caption="Access policies" columns={columns} rows={rows} rowId={(row) => row.id} />;
}

/** One line per resource, such as "Invitations: see, send", then the custom permissions. */
function Grants({ row }: { row: PolicyRow }) {
  const custom = pickCustomPermissions(row.permissions);
  return (
    <ul className={styles.grants}>
      {groupByResource(row.permissions).map(({ resource, permissions }) => (
        <li key={resource}>
          <strong>{resource}:</strong>{" "}
          {permissions.map((permission) => PERMISSION_MESSAGES[permission].short).join(", ")}
        </li>
      ))}
      {custom.length > 0 ? (
        <li>
          <strong>Your product:</strong>{" "}
          <span className={styles.productPermissions}>{custom.join(", ")}</span>
        </li>
      ) : null}
    </ul>
  );
}

function formatPeople(people: number): string {
  if (people === 0) return "No one";
  if (people > MAX_COUNTED_PEOPLE) return `${MAX_COUNTED_PEOPLE.toLocaleString("en")}+ people`;
  return people === 1 ? "1 person" : `${people.toLocaleString("en")} people`;
}
