"use client";

import { TimelineDetail, TimelineToggle, useOpenTimelines } from "@/components/activity/timeline-detail";
import { InvitationActions, type MayDo } from "@/components/invitations/invitation-actions";
import { InvitationStatusBadge } from "@/components/invitations/invitation-status";
import { UndoButton } from "@/components/invitations/undo-button";
import { useWithFresh } from "@/components/members/fresh-rows";
import { type Column, DataTable } from "@/components/table/data-table";
import { Empty } from "@/components/ui/empty";
import { Pips } from "@/components/ui/pips";
import { Time } from "@/components/ui/time";
import type { InvitationRow } from "@/lib/invitations/queries/list";
import { ROLE_NAMES } from "@/lib/members/roles";

type Props = { organization: string; rows: readonly InvitationRow[]; may: MayDo };

/** Invitations: who was promised a place, and what became of it (R C2). A row opens to its person's timeline (R C11). */
export function InvitationsTable({ organization, rows, may }: Props) {
  const shown = useWithFresh(rows, "invitations");
  const timelines = useOpenTimelines(organization);
  const columns: Column<InvitationRow>[] = [
    {
      id: "email",
      header: "Email",
      place: "lead",
      cell: (row) => (
        <TimelineToggle timelines={timelines} member={row.memberId}>
          {row.undoUntil ? <s>{row.email}</s> : row.email}
        </TimelineToggle>
      ),
    },
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
      cell: (row) =>
        row.undoUntil && row.undoUntil > row.now && may["invitations:revoke"] ? (
          <UndoButton organization={organization} invitation={row} />
        ) : (
          <InvitationActions organization={organization} invitation={row} may={may} />
        ),
    },
  ];
  if (shown.length === 0) {
    return (
      <Empty title="No open invitations">
        {may["invitations:create"]
          ? "Press New Invitation to invite the first people."
          : "Invitations that wait for an answer are shown here."}
      </Empty>
    );
  }
  return (
    <DataTable
      caption="Invitations"
      columns={columns}
      rows={shown}
      rowId={(row) => row.id}
      faded={(row) => row.undoUntil !== null}
      detail={(row) =>
        timelines.of(row.memberId) === undefined ? null : (
          <TimelineDetail timelines={timelines} member={row.memberId} />
        )
      }
    />
  );
}
