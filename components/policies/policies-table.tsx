"use client";

import { type Column, DataTable } from "@/components/table/data-table";
import { Badge } from "@/components/ui/badge";
import { Menu } from "@/components/ui/menu";
import { groupsOf, ownOf, PERMISSION_MESSAGES } from "@/lib/permissions/permissions";
import { MOST_COUNTED } from "@/lib/policies/list";
import { KEPT_POLICY_MESSAGES } from "@/lib/policies/messages";
import type { PolicyRow } from "@/lib/policies/queries";

type Props = {
  rows: readonly PolicyRow[];
  edit: (row: PolicyRow) => void;
  remove: (row: PolicyRow) => void;
};

/** What there is: name, what it grants, how many have it, and what can be done. */
export function PoliciesTable({ rows, edit, remove }: Props) {
  const columns: Column<PolicyRow>[] = [
    {
      id: "name",
      header: "Name",
      place: "lead",
      cell: (row) => (
        <>
          <span className="policy-name">{row.name}</span>
          {row.builtIn ? <Badge>Built-in</Badge> : null}
        </>
      ),
    },
    { id: "grants", header: "What it grants", place: "line", cell: (row) => <Grants row={row} /> },
    { id: "people", header: "People", place: "small", cell: ({ people }) => peopleWords(people) },
    {
      id: "actions",
      header: "Actions",
      place: "actions",
      cell: (row) => {
        const disabledReason = row.kept ? KEPT_POLICY_MESSAGES[row.kept] : undefined;
        return (
          <span className="row-actions">
            <Menu
              label={`Actions for ${row.name}`}
              items={[
                { label: "Edit access policy", onSelect: () => edit(row), disabledReason },
                null,
                { label: "Delete access policy", onSelect: () => remove(row), disabledReason, danger: true },
              ]}
            />
          </span>
        );
      },
    },
  ];
  return <DataTable caption="Access policies" columns={columns} rows={rows} rowId={(row) => row.id} />;
}

/** "Invitations: see, send", a line for each noun, then the product's own. */
function Grants({ row }: { row: PolicyRow }) {
  const own = ownOf(row.permissions);
  return (
    <ul className="policy-grants">
      {groupsOf(row.permissions).map(({ noun, permissions }) => (
        <li key={noun}>
          <strong>{noun}:</strong> {permissions.map((one) => PERMISSION_MESSAGES[one].short).join(", ")}
        </li>
      ))}
      {own.length > 0 ? (
        <li>
          <strong>Your product:</strong> <span className="own-permissions">{own.join(", ")}</span>
        </li>
      ) : null}
    </ul>
  );
}

function peopleWords(people: number): string {
  if (people === 0) return "Nobody";
  if (people > MOST_COUNTED) return `${MOST_COUNTED.toLocaleString("en")}+ people`;
  return people === 1 ? "1 person" : `${people.toLocaleString("en")} people`;
}
