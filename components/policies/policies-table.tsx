"use client";

import { type Column, DataTable } from "@/components/table/data-table";
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
  const columns: Column<PolicyRow>[] = [
    {
      id: "name",
      header: "Name",
      slot: "lead",
      cell: (row) => (
        <>
          <span className="policy-name">{row.name}</span>
          {row.builtIn ? <Badge>Built-in</Badge> : null}
        </>
      ),
    },
    { id: "grants", header: "What it grants", slot: "line", cell: (row) => <Grants row={row} /> },
    { id: "people", header: "People", slot: "small", cell: ({ people }) => formatPeople(people) },
    {
      id: "actions",
      header: "Actions",
      slot: "actions",
      cell: (row) => {
        const disabledReason = row.readOnlyReason ? READ_ONLY_POLICY_MESSAGES[row.readOnlyReason] : undefined;
        return (
          <span className="row-actions">
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
          </span>
        );
      },
    },
  ];
  return <DataTable caption="Access policies" columns={columns} rows={rows} rowId={(row) => row.id} />;
}

/** One line per resource, such as "Invitations: see, send", then the custom permissions. */
function Grants({ row }: { row: PolicyRow }) {
  const custom = pickCustomPermissions(row.permissions);
  return (
    <ul className="policy-grants">
      {groupByResource(row.permissions).map(({ resource, permissions }) => (
        <li key={resource}>
          <strong>{resource}:</strong>{" "}
          {permissions.map((permission) => PERMISSION_MESSAGES[permission].short).join(", ")}
        </li>
      ))}
      {custom.length > 0 ? (
        <li>
          <strong>Your product:</strong> <span className="product-permissions">{custom.join(", ")}</span>
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
