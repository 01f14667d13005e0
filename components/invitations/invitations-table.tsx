"use client";

import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { lazy, Suspense, useRef, useState } from "react";
import { TimelineDetail, TimelineToggle, useOpenTimelines } from "@/components/activity/timeline-detail";
import { InvitationActions, type InvitationPermissions } from "@/components/invitations/invitation-actions";
import { InvitationStatusBadge } from "@/components/invitations/invitation-status";
import { UndoButton } from "@/components/invitations/undo-button";
import { useLiveRows } from "@/components/members/row-updates";
import { BulkBarFrame } from "@/components/table/bulk-bar-frame";
import { defineColumns } from "@/components/table/columns";
import { DataTable, type SortState } from "@/components/table/data-table";
import { useSelection } from "@/components/table/selection";
import { Button, buttonClass } from "@/components/ui/button";
import { EmailAddress } from "@/components/ui/email-address";
import { EmptyState } from "@/components/ui/empty-state";
import { ResendPips } from "@/components/ui/resend-pips";
import { Timestamp } from "@/components/ui/timestamp";
import type { Translation } from "@/lib/i18n/messages";
import type { InvitationRow } from "@/lib/invitations/queries/list";
import { canCorrectAddress } from "@/lib/invitations/status";
import { missingPermissionMessage } from "@/lib/permissions/messages";

/** Loaded when the first row is selected. */
const InvitationsBulk = lazy(() => import("@/components/invitations/invitations-bulk"));

const CorrectAddressDialog = lazy(() => import("@/components/invitations/correct-address-dialog"));

type Props = {
  organization: string;
  rows: readonly InvitationRow[];
  sort: SortState;
  /** The URL of the list sorted by each column. */
  sortLinks: Readonly<Record<string, string>>;
  /** The URL without search and filters; undefined if none are set. */
  clearHref: string | undefined;
  /** The query of all matching invitations; null if they fit on this page. */
  query: string | null;
  may: InvitationPermissions;
  mayOpenUsers: boolean;
};

/** The table of invitations (REQ-C2). A row expands to the timeline of its person (REQ-C11). */
export function InvitationsTable({ organization, rows, sort, sortLinks, clearHref, may, ...bulk }: Props) {
  const t = useTranslations();
  const locale = useLocale();
  const liveRows = useLiveRows(rows, "invitations");
  const selection = useSelection();
  const [hasSelected, setHasSelected] = useState(false);
  if (selection.selected.size > 0 && !hasSelected) setHasSelected(true);
  const timelines = useOpenTimelines(organization);
  const [correcting, setCorrecting] = useState<{ row: InvitationRow; key: number } | null>(null);
  const opener = useRef<HTMLElement>(null);
  const columns = defineColumns<InvitationRow>([
    {
      id: "email",
      header: t("admin.invitations.list.columns.email"),
      enableSorting: true,
      meta: { slot: "lead" },
      cell: ({ row: { original: row } }) => (
        <>
          <TimelineToggle timelines={timelines} member={row.memberId}>
            {row.undoUntil ? (
              <s>
                <EmailAddress>{row.email}</EmailAddress>
              </s>
            ) : (
              <EmailAddress>{row.email}</EmailAddress>
            )}
          </TimelineToggle>
          {row.name ? <small>{row.name}</small> : null}
        </>
      ),
    },
    {
      id: "status",
      header: t("admin.invitations.list.columns.status"),
      enableSorting: true,
      meta: { slot: "line" },
      cell: ({ row: { original: row } }) => (
        <>
          <InvitationStatusBadge row={row} />
          {canCorrectAddress(row) ? (
            <Button
              size="small"
              aria-label={t("admin.invitations.list.correctAddressOf", { email: row.email })}
              disabledReason={correctDisabledReason({ t, locale }, may)}
              onClick={({ currentTarget }) => {
                opener.current = currentTarget;
                setCorrecting({ row, key: (correcting?.key ?? 0) + 1 });
              }}
            >
              {t("admin.invitations.list.correctAddress")}
            </Button>
          ) : null}
        </>
      ),
    },
    {
      id: "role",
      header: t("admin.invitations.list.columns.role"),
      enableSorting: true,
      meta: { slot: "wideOnly" },
      cell: ({ row: { original: row } }) => t(`common.roles.${row.role}`),
    },
    {
      id: "resends",
      header: t("admin.invitations.list.columns.resends"),
      enableSorting: true,
      meta: { slot: "wideOnly" },
      cell: ({ row: { original: row } }) => <ResendPips used={row.resendCount} limit={row.resendLimit} />,
    },
    {
      id: "sent",
      header: t("admin.invitations.list.columns.sent"),
      enableSorting: true,
      meta: { slot: "wideOnly" },
      cell: ({ row: { original: row } }) => <Timestamp at={row.issuedAt} now={row.now} />,
    },
    {
      id: "actions",
      header: t("admin.invitations.list.columns.actions"),
      meta: { slot: "actions" },
      cell: ({ row: { original: row } }) =>
        row.undoUntil && row.undoUntil > row.now && may["invitations:revoke"] ? (
          <UndoButton organization={organization} invitation={row} />
        ) : (
          <InvitationActions organization={organization} invitation={row} may={may} />
        ),
    },
  ]);
  const emptyState = clearHref ? (
    <NoMatchingInvitations clearHref={clearHref} />
  ) : (
    <NoOpenInvitations mayInvite={may["invitations:create"]} />
  );
  const table = (
    <DataTable
      caption={t("admin.invitations.title")}
      columns={columns}
      rows={liveRows}
      // The member id, because a person keeps their row when the invitation is replaced.
      rowId={(row) => row.memberId}
      faded={(row) => row.undoUntil !== null}
      selection={{
        selected: selection.selected,
        onChange: selection.select,
        label: (row) => row.email,
      }}
      detail={(row) =>
        timelines.get(row.memberId) === undefined ? null : (
          <TimelineDetail timelines={timelines} member={row.memberId} />
        )
      }
      sort={sort}
      sortHref={(column) => sortLinks[column]}
    />
  );
  return (
    <>
      {hasSelected ? (
        <Suspense fallback={<BulkBarFrame />}>
          <InvitationsBulk {...selection} {...bulk} organization={organization} rows={liveRows} may={may} />
        </Suspense>
      ) : null}
      {liveRows.length > 0 ? table : emptyState}
      {correcting ? (
        <Suspense fallback={null}>
          <CorrectAddressDialog
            key={correcting.key}
            organization={organization}
            row={correcting.row}
            opener={opener}
          />
        </Suspense>
      ) : null}
    </>
  );
}

/** Correcting revokes one invitation and creates another, so it needs both permissions. */
function correctDisabledReason(translation: Translation, may: InvitationPermissions): string | undefined {
  const missing = (["invitations:create", "invitations:revoke"] as const).find(
    (permission) => !may[permission],
  );
  return missing && missingPermissionMessage(translation, missing);
}

function NoOpenInvitations({ mayInvite }: { mayInvite: boolean }) {
  const t = useTranslations();
  return (
    <EmptyState title={t("admin.invitations.list.noneOpen.title")}>
      {mayInvite
        ? t("admin.invitations.list.noneOpen.invite")
        : t("admin.invitations.list.noneOpen.readOnly")}
    </EmptyState>
  );
}

function NoMatchingInvitations({ clearHref }: { clearHref: string }) {
  const t = useTranslations();
  return (
    <EmptyState
      title={t("admin.invitations.list.noMatches.title")}
      action={
        <Link className={buttonClass()} href={clearHref} prefetch={false}>
          {t("admin.table.clearFilters")}
        </Link>
      }
    >
      {t("admin.invitations.list.noMatches.hint")}
    </EmptyState>
  );
}
