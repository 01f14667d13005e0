"use client";

import { InvitationActions } from "@/components/invitations/invitation-actions";
import { InvitationStatusBadge } from "@/components/invitations/invitation-status";
import { useWithFresh } from "@/components/members/fresh-rows";
import { type Column, DataTable } from "@/components/table/data-table";
import { Empty } from "@/components/ui/empty";
import { Pips } from "@/components/ui/pips";
import { Time } from "@/components/ui/time";
import type { InvitationRow } from "@/lib/invitations/queries/list";
import { ROLE_NAMES } from "@/lib/members/roles";

type Props = { organization: string; rows: readonly InvitationRow[]; mayCopy: boolean; mayInvite: boolean };

/** Invitations: who was promised a place, and what became of it (R C2). */
export function InvitationsTable({ organization, rows, mayCopy, mayInvite }: Props) {
  const shown = useWithFresh(rows, "invitations");
  const columns: Column<InvitationRow>[] = [
    { id: "email", header: "Email", place: "lead", cell: (row) => <strong>{row.email}</strong> },
    { id: "status", header: "Status", place: "line", cell: (row) => <InvitationStatusBadge row={row} /> },
    { id: "role", header: "Role", place: "wide-only", cell: (row) => ROLE_NAMES[row.role] },
    {
      id: "resends",
      header: "Resends",
      place: "wide-only",
      cell: (row) => <Pips used={row.resendCount} limit={row.resendLimit} />,
    },
    {
      id: "sent",
      header: "Sent",
      place: "wide-only",
      cell: (row) => <Time at={row.issuedAt} now={row.now} />,
    },
    {
      id: "actions",
      header: "Actions",
      place: "actions",
      cell: (row) => (
        <InvitationActions
          organization={organization}
          invitation={{ id: row.id, email: row.email, pending: row.status === "pending" }}
          mayCopy={mayCopy}
        />
      ),
    },
  ];
  if (shown.length === 0) {
    return (
      <Empty title="No open invitations">
        {mayInvite
          ? "Press New Invitation to invite the first people."
          : "Invitations that wait for an answer are shown here."}
      </Empty>
    );
  }
  return <DataTable caption="Open invitations" columns={columns} rows={shown} rowId={(row) => row.id} />;
}
