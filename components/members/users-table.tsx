"use client";

import { InvitationActions, type MayDo } from "@/components/invitations/invitation-actions";
import { useAddRows, useWithFresh } from "@/components/members/fresh-rows";
import { UserStatusBadge } from "@/components/members/user-status";
import { type Column, DataTable } from "@/components/table/data-table";
import { Button } from "@/components/ui/button";
import { Time } from "@/components/ui/time";
import { useToast } from "@/components/ui/toast";
import { vouchForAddress } from "@/lib/members/actions";
import type { UserRow } from "@/lib/members/queries/list";
import { ROLE_NAMES } from "@/lib/members/roles";

type Props = { organization: string; rows: readonly UserRow[]; may: MayDo; mayVouch: boolean };

/** Users: everybody with a place, whoever is invited included (R B7). */
export function UsersTable({ organization, rows, may, mayVouch }: Props) {
  const shown = useWithFresh(rows, "users");
  const columns: Column<UserRow>[] = [
    {
      id: "name",
      header: "Name and email",
      place: "lead",
      cell: (row) => (
        <>
          <strong>{row.name || row.email}</strong>
          {row.name ? <small>{row.email}</small> : null}
        </>
      ),
    },
    { id: "role", header: "Role", place: "small", cell: (row) => ROLE_NAMES[row.role] },
    {
      id: "policies",
      header: "Policies",
      place: "wide-only",
      cell: (row) => (row.policies.length > 0 ? row.policies.join(", ") : <small>None</small>),
    },
    { id: "status", header: "Status", place: "line", cell: (row) => <UserStatusBadge row={row} /> },
    {
      id: "active",
      header: "Last active",
      place: "wide-only",
      cell: (row) => (row.lastActiveAt ? <Time at={row.lastActiveAt} now={row.now} /> : "Never"),
    },
    {
      id: "actions",
      header: "Actions",
      place: "actions",
      cell: (row) => <UserActions organization={organization} row={row} may={may} mayVouch={mayVouch} />,
    },
  ];
  return (
    <DataTable
      caption="Users"
      columns={columns}
      rows={shown}
      rowId={(row) => row.id}
      faded={(row) => row.status === "removed"}
    />
  );
}

function UserActions({ organization, row, may, mayVouch }: Omit<Props, "rows"> & { row: UserRow }) {
  const toast = useToast();
  const show = useAddRows();
  if (row.invitation) {
    return (
      <InvitationActions
        menuOnly
        organization={organization}
        invitation={{
          ...row.invitation,
          email: row.email,
          status: row.status === "invited" ? "pending" : "expired",
        }}
        may={may}
      />
    );
  }
  if (row.addressConfirmed || !mayVouch || row.status === "removed") return null;
  const vouch = async () => {
    const result = await vouchForAddress({ organization, member: row.id });
    if (result.ok) show({ invitations: [], users: result.value.users });
    toast(
      result.ok
        ? { title: `You vouched for ${row.email}`, tone: "ok" }
        : { title: "Not confirmed", text: result.message, tone: "bad" },
    );
  };
  return (
    <Button size="small" onClick={vouch} aria-label={`Vouch for the address of ${row.name}`}>
      Vouch
    </Button>
  );
}
