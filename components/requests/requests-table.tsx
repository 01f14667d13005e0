"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import type { RoleAndPolicies } from "@/components/members/role-and-policy-fields";
import { useLiveRows } from "@/components/members/row-updates";
import { DismissStale } from "@/components/requests/dismiss-stale";
import { RequestAccessFields } from "@/components/requests/request-access-fields";
import { RequestActions, type RequestPermissions } from "@/components/requests/request-actions";
import { RequestMessage } from "@/components/requests/request-message";
import { BulkBarFrame } from "@/components/table/bulk-bar-frame";
import { defineColumns } from "@/components/table/columns";
import { DataTable, type SortState } from "@/components/table/data-table";
import { useSelection } from "@/components/table/selection";
import { Badge } from "@/components/ui/badge";
import { buttonClass } from "@/components/ui/button";
import { EmailAddress } from "@/components/ui/email-address";
import { EmptyState } from "@/components/ui/empty-state";
import { Timestamp } from "@/components/ui/timestamp";
import type { InviteOptions } from "@/lib/admin/queries/invite-options";
import type { RequestRow } from "@/lib/requests/queries/list";
import { allowedRequestActions } from "@/lib/requests/status";

/** The bulk bar is loaded with the first selection. */
const RequestsBulkBar = lazy(() => import("@/components/requests/requests-bulk-bar"));

type Props = {
  organization: string;
  rows: readonly RequestRow[];
  sort: SortState;
  /** URL of the list sorted by each column. */
  sortLinks: Readonly<Record<string, string>>;
  /** URL without search and filters, if there are any. */
  clearHref: string | undefined;
  /** The list's query if there is more than one page; otherwise null. */
  query: string | null;
  permissions: RequestPermissions;
  /** Roles and policies that the actor can assign; null without permission to approve. */
  options: InviteOptions | null;
  /** The list query that matches all stale requests. */
  staleQuery: string;
  /** The number of stale requests, up to `maxStaleCount + 1`. */
  staleCount: number;
  maxStaleCount: number;
  canOpenUsers: boolean;
};

/** Renders the list Invitation requests with the actions for each request (REQ-E3). */
export function RequestsTable({ organization, rows, sort, sortLinks, clearHref, options, ...props }: Props) {
  const t = useTranslations();
  const { permissions, staleQuery, staleCount, maxStaleCount } = props;
  const hasStale = staleCount > 0;
  const visibleRows = useLiveRows(rows, "requests");
  const selection = useSelection();
  const [hasSelected, setHasSelected] = useState(false);
  if (selection.selected.size > 0 && !hasSelected) setHasSelected(true);
  // Stays mounted after the last stale request is dismissed, so that the result remains readable.
  const [hadStale, setHadStale] = useState(hasStale);
  if (hasStale && !hadStale) setHadStale(true);
  const [overrides, setOverrides] = useState<Readonly<Record<string, RoleAndPolicies>>>({});
  const accessOf = (row: RequestRow) => overrides[row.id] ?? initialAccess(row, options);
  const columns = defineColumns<RequestRow>([
    {
      id: "email",
      header: t("admin.requests.columns.email"),
      enableSorting: true,
      meta: { slot: "lead" },
      cell: ({ row: { original: row } }) => <EmailAddress>{row.email}</EmailAddress>,
    },
    {
      id: "name",
      header: t("admin.requests.columns.name"),
      meta: { slot: "line" },
      cell: ({ row: { original: row } }) => row.name,
    },
    {
      id: "message",
      header: t("admin.requests.columns.message"),
      meta: { slot: "line" },
      cell: ({ row: { original: row } }) => <RequestMessage row={row} />,
    },
    {
      id: "requested",
      header: t("admin.requests.columns.requested"),
      enableSorting: true,
      meta: { slot: "small" },
      cell: ({ row: { original: row } }) => <Timestamp at={row.requestedAt} now={row.now} />,
    },
    {
      id: "role",
      header: t("admin.requests.columns.role"),
      meta: { slot: "line" },
      cell: ({ row: { original: row } }) =>
        options && allowedRequestActions(row.status).includes("approve") ? (
          <RequestAccessFields
            email={row.email}
            options={options}
            value={accessOf(row)}
            onChange={(access) => setOverrides({ ...overrides, [row.id]: access })}
          />
        ) : (
          <Badge tone={row.status === "stale" ? "warn" : row.status === "approved" ? "ok" : "quiet"}>
            {t(`admin.requests.status.${row.status}`)}
          </Badge>
        ),
    },
    {
      id: "actions",
      header: t("admin.requests.columns.actions"),
      // Two buttons with text need their own line in the narrow layout.
      meta: { slot: "line" },
      cell: ({ row: { original: row } }) => (
        <RequestActions
          organization={organization}
          request={row}
          access={accessOf(row)}
          permissions={permissions}
        />
      ),
    },
  ]);
  const { staleQuery: _, staleCount: __, maxStaleCount: ___, ...bulkProps } = props;
  return (
    <>
      {hadStale && permissions["requests:dismiss"] ? (
        <DismissStale
          organization={organization}
          query={staleQuery}
          shownIds={visibleRows.map(({ id }) => id)}
          count={staleCount}
          maxCount={maxStaleCount}
        />
      ) : null}
      {hasSelected ? (
        <Suspense fallback={<BulkBarFrame />}>
          <RequestsBulkBar
            {...selection}
            {...bulkProps}
            organization={organization}
            rows={visibleRows}
            options={options}
          />
        </Suspense>
      ) : null}
      {visibleRows.length > 0 ? (
        <DataTable
          caption={t("admin.requests.title")}
          columns={columns}
          rows={visibleRows}
          rowId={(row) => row.id}
          faded={(row) => allowedRequestActions(row.status).length === 0}
          selection={{ selected: selection.selected, onChange: selection.select, label: (row) => row.email }}
          sort={sort}
          sortHref={(column) => sortLinks[column]}
        />
      ) : (
        <NoRequests clearHref={clearHref} />
      )}
    </>
  );
}

/**
 * Returns the role and policies of the expired invitation that the actor can assign, or else the
 * organization's defaults.
 */
function initialAccess({ proposed }: RequestRow, options: InviteOptions | null): RoleAndPolicies {
  if (!options) return { role: "member", policies: [] };
  const { roles, defaultRole, policies } = options;
  const isSelected = (policy: InviteOptions["policies"][number]) =>
    proposed ? proposed.policies.includes(policy.id) : policy.isDefault;
  return {
    role: proposed && roles.includes(proposed.role) ? proposed.role : defaultRole,
    policies: policies.filter((policy) => policy.isGrantable && isSelected(policy)).map(({ id }) => id),
  };
}

function NoRequests({ clearHref }: { clearHref: string | undefined }) {
  const t = useTranslations();
  if (!clearHref)
    return <EmptyState title={t("admin.requests.empty.title")}>{t("admin.requests.empty.text")}</EmptyState>;
  return (
    <EmptyState
      title={t("admin.requests.empty.noMatchTitle")}
      action={
        <Link className={buttonClass()} href={clearHref} prefetch={false}>
          {t("admin.table.clearFilters")}
        </Link>
      }
    >
      {t("admin.requests.empty.noMatchText")}
    </EmptyState>
  );
}
