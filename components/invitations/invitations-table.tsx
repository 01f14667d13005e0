"use client";

import Link from "next/link";
import { lazy, Suspense, useRef, useState } from "react";
import { TimelineDetail, TimelineToggle, useOpenTimelines } from "@/components/activity/timeline-detail";
import { InvitationActions, type MayDo } from "@/components/invitations/invitation-actions";
import { InvitationStatusBadge } from "@/components/invitations/invitation-status";
import { UndoButton } from "@/components/invitations/undo-button";
import { useWithFresh } from "@/components/members/fresh-rows";
import { type Column, DataTable, type Sort } from "@/components/table/data-table";
import { useSelection } from "@/components/table/selection";
import { Address } from "@/components/ui/address";
import { Button, buttonClass } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Pips } from "@/components/ui/pips";
import { Time } from "@/components/ui/time";
import type { InvitationRow } from "@/lib/invitations/queries/list";
import { isToCorrect } from "@/lib/invitations/status";
import { ROLE_NAMES } from "@/lib/permissions/roles";

/** What can be done to many comes with the first one that is ticked. */
const InvitationsBulk = lazy(() => import("@/components/invitations/invitations-bulk"));

const CorrectAddress = lazy(() => import("@/components/invitations/correct-address"));

type Props = {
  organization: string;
  rows: readonly InvitationRow[];
  sort: Sort;
  /** The address of the list in the order of each column. */
  sortLinks: Readonly<Record<string, string>>;
  /** The address without search and filters, where some are chosen. */
  clear: string | undefined;
  /** What all that match is asked by, where there are more than this page; null: there are not. */
  query: string | null;
  may: MayDo;
  mayOpenUsers: boolean;
};

/** Invitations: who was promised a place, and what became of it (REQ-C2). A row opens to its person's timeline (REQ-C11). */
export function InvitationsTable({ organization, rows, sort, sortLinks, clear, may, ...bulk }: Props) {
  const shown = useWithFresh(rows, "invitations");
  const selection = useSelection();
  const [wasUsed, setUsed] = useState(false);
  if (selection.selected.size > 0 && !wasUsed) setUsed(true);
  const timelines = useOpenTimelines(organization);
  const [correcting, setCorrecting] = useState<{ row: InvitationRow; round: number } | null>(null);
  const opener = useRef<HTMLElement>(null);
  const columns: Column<InvitationRow>[] = [
    {
      id: "email",
      header: "Email",
      place: "lead",
      cell: (row) => (
        <TimelineToggle timelines={timelines} member={row.memberId}>
          {row.undoUntil ? (
            <s>
              <Address>{row.email}</Address>
            </s>
          ) : (
            <Address>{row.email}</Address>
          )}
        </TimelineToggle>
      ),
    },
    {
      id: "status",
      header: "Status",
      place: "line",
      cell: (row) => (
        <>
          <InvitationStatusBadge row={row} />
          {isToCorrect(row) ? (
            <Button
              size="small"
              aria-label={`Correct address ${row.email}`}
              disabledReason={whyNotCorrect(may)}
              onClick={({ currentTarget }) => {
                opener.current = currentTarget;
                setCorrecting({ row, round: (correcting?.round ?? 0) + 1 });
              }}
            >
              Correct address
            </Button>
          ) : null}
        </>
      ),
    },
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
  const nothing = clear ? (
    <NothingMatches clear={clear} />
  ) : (
    <NothingOpen mayInvite={may["invitations:create"]} />
  );
  const table = (
    <DataTable
      caption="Invitations"
      columns={columns}
      rows={shown}
      // Each person has one row, also when their invitation is replaced.
      rowId={(row) => row.memberId}
      faded={(row) => row.undoUntil !== null}
      selection={{
        selected: selection.selected,
        onChange: selection.select,
        label: (row) => row.email,
      }}
      detail={(row) =>
        timelines.of(row.memberId) === undefined ? null : (
          <TimelineDetail timelines={timelines} member={row.memberId} />
        )
      }
      sort={sort}
      sortHref={(column) => sortLinks[column]}
    />
  );
  return (
    <>
      {wasUsed ? (
        <Suspense fallback={<div className="bulk" />}>
          <InvitationsBulk {...selection} {...bulk} organization={organization} rows={shown} may={may} />
        </Suspense>
      ) : null}
      {shown.length > 0 ? table : nothing}
      {correcting ? (
        <Suspense fallback={null}>
          <CorrectAddress
            key={correcting.round}
            organization={organization}
            row={correcting.row}
            opener={opener}
          />
        </Suspense>
      ) : null}
    </>
  );
}

/** It ends one invitation and makes another. */
function whyNotCorrect(may: MayDo): string | undefined {
  const missing = (["invitations:create", "invitations:revoke"] as const).find((one) => !may[one]);
  return missing && `You need the permission ${missing}`;
}

function NothingOpen({ mayInvite }: { mayInvite: boolean }) {
  return (
    <Empty title="No open invitations">
      {mayInvite
        ? "Press New Invitation to invite the first people."
        : "Invitations that wait for an answer are shown here."}
    </Empty>
  );
}

function NothingMatches({ clear }: { clear: string }) {
  return (
    <Empty
      title="No invitation matches"
      action={
        <Link className={buttonClass()} href={clear} prefetch={false}>
          Clear filters
        </Link>
      }
    >
      Look for fewer letters of the address, or take out a filter.
    </Empty>
  );
}
