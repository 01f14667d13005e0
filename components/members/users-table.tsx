"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { InvitationActions, type InvitationPermissions } from "@/components/invitations/invitation-actions";
import { useApplyRows, useLiveRows } from "@/components/members/row-updates";
import { UserPolicies } from "@/components/members/user-policies";
import { UserStatusBadge } from "@/components/members/user-status";
import { BulkBarFrame } from "@/components/table/bulk-bar-frame";
import { defineColumns } from "@/components/table/columns";
import { DataTable, type SortState } from "@/components/table/data-table";
import { RowActions } from "@/components/table/row-actions";
import { useSelection } from "@/components/table/selection";
import { Button, buttonClass } from "@/components/ui/button";
import { EmailAddress } from "@/components/ui/email-address";
import { EmptyState } from "@/components/ui/empty-state";
import { Timestamp } from "@/components/ui/timestamp";
import { useToast } from "@/components/ui/toast";
import { vouchForAddressAction } from "@/lib/admin/user-actions";
import type { BulkPermissions } from "@/lib/members/member-actions";
import type { UserRow } from "@/lib/members/queries/list";

/** Loaded when the first user is selected. */
const UsersBulk = lazy(() => import("@/components/members/users-bulk"));

type Props = {
  organization: string;
  rows: readonly UserRow[];
  sort: SortState;
  /** The URL of the list sorted by each column. */
  sortLinks: Readonly<Record<string, string>>;
  /** The URL without search and filters, if any are set. */
  clear: string | undefined;
  /** The query of all matching users; null if they fit on this page. */
  query: string | null;
  invitationPermissions: InvitationPermissions;
  bulkPermissions: BulkPermissions;
  mayVouch: boolean;
  /** Shown while the actor is the only user. */
  firstSteps?: ReactNode;
};

/** The table of users, including the invited (REQ-B7, REQ-F1), with bulk actions. */
export function UsersTable(props: Props) {
  const t = useTranslations();
  const { organization, rows, sort, sortLinks, clear, invitationPermissions, mayVouch } = props;
  const { firstSteps, query, bulkPermissions } = props;
  const shown = useLiveRows(rows, "users");
  const selection = useSelection();
  const [hadSelection, setHadSelection] = useState(false);
  if (selection.selected.size > 0 && !hadSelection) setHadSelection(true);
  const columns = defineColumns<UserRow>([
    {
      id: "name",
      header: t("admin.users.table.name"),
      enableSorting: true,
      meta: { slot: "lead" },
      cell: ({ row: { original: row } }) => (
        <>
          <strong>{row.name || <EmailAddress>{row.email}</EmailAddress>}</strong>
          {row.name ? (
            <small>
              <EmailAddress>{row.email}</EmailAddress>
            </small>
          ) : null}
        </>
      ),
    },
    {
      id: "role",
      header: t("admin.users.table.role"),
      enableSorting: true,
      meta: { slot: "small" },
      cell: ({ row: { original: row } }) => t(`common.roles.${row.role}`),
    },
    {
      id: "policies",
      header: t("admin.users.table.policies"),
      meta: { slot: "small" },
      cell: ({ row: { original: row } }) => <UserPolicies row={row} />,
    },
    {
      id: "status",
      header: t("admin.users.table.status"),
      enableSorting: true,
      meta: { slot: "line" },
      cell: ({ row: { original: row } }) => (
        <>
          <UserStatusBadge row={row} />
          {row.emailSuppression ? (
            <small>{t(`admin.delivery.suppressed.${row.emailSuppression}`)}</small>
          ) : null}
        </>
      ),
    },
    {
      id: "active",
      header: t("admin.users.table.lastActive"),
      enableSorting: true,
      meta: { slot: "small", listLabel: t("admin.users.table.lastActiveLabel") },
      cell: ({ row: { original: row } }) =>
        row.lastActiveAt ? <Timestamp at={row.lastActiveAt} now={row.now} /> : t("admin.users.never"),
    },
    {
      id: "actions",
      header: t("admin.users.table.actions"),
      meta: { slot: "actions" },
      cell: ({ row: { original: row } }) => (
        <UserActions {...{ organization, row, invitationPermissions, mayVouch }} />
      ),
    },
  ]);
  const table = (
    <DataTable
      caption={t("admin.users.table.caption")}
      columns={columns}
      rows={shown}
      rowId={(row) => row.id}
      faded={(row) => row.status === "removed"}
      // Bulk actions do not apply to removed users.
      {...(rows.some(({ status }) => status !== "removed")
        ? {
            selection: {
              selected: selection.selected,
              onChange: selection.select,
              label: (row: UserRow) => row.name || row.email,
            },
          }
        : {})}
      sort={sort}
      sortHref={(column) => sortLinks[column]}
    />
  );
  return (
    <>
      {hadSelection ? (
        <Suspense fallback={<BulkBarFrame />}>
          <UsersBulk {...selection} {...{ organization, query, bulkPermissions }} rows={shown} />
        </Suspense>
      ) : null}
      {shown.length > 0 ? table : <NoMatches clear={clear} />}
      {shown.length === 1 ? firstSteps : null}
    </>
  );
}

/** The list is only empty with a search or filters: it always includes the actor. */
function NoMatches({ clear }: { clear: string | undefined }) {
  const t = useTranslations();
  return (
    <EmptyState
      title={t("admin.users.noMatches.title")}
      action={
        clear ? (
          <Link className={buttonClass()} href={clear} prefetch={false}>
            {t("admin.table.clearFilters")}
          </Link>
        ) : undefined
      }
    >
      {t("admin.users.noMatches.hint")}
    </EmptyState>
  );
}

type ActionsProps = Pick<Props, "organization" | "invitationPermissions" | "mayVouch"> & { row: UserRow };

/** The link to the profile, and the menu of an open invitation (REQ-C2). */
function UserActions({ organization, row, invitationPermissions, mayVouch }: ActionsProps) {
  const t = useTranslations();
  return (
    <RowActions>
      {mayVouch && isUnconfirmed(row) ? <VouchButton organization={organization} row={row} /> : null}
      <Link
        className={buttonClass("quiet", "small")}
        href={`/o/${organization}/admin/users/${row.id}`}
        prefetch={false}
        aria-label={t("admin.users.table.manageUser", { user: row.name || row.email })}
      >
        {t("admin.users.table.manage")}
      </Link>
      {row.invitation ? (
        <InvitationActions
          menuOnly
          organization={organization}
          invitation={{
            ...row.invitation,
            email: row.email,
            memberId: row.id,
            emailSuppression: row.emailSuppression,
            status: row.status === "invited" ? "pending" : "expired",
          }}
          may={invitationPermissions}
        />
      ) : null}
    </RowActions>
  );
}

/** Returns true for a user who joined without proof of the mailbox (REQ-D9). */
function isUnconfirmed({ addressConfirmed, status }: UserRow): boolean {
  return !addressConfirmed && (status === "active" || status === "blocked");
}

function VouchButton({ organization, row }: { organization: string; row: UserRow }) {
  const t = useTranslations();
  const toast = useToast();
  const applyRows = useApplyRows();
  const vouch = async () => {
    const result = await vouchForAddressAction({ organization, member: row.id });
    if (result.ok) applyRows({ invitations: [], users: result.value.users });
    toast(
      result.ok
        ? { title: t("admin.users.confirmAddress.done", { email: row.email }), tone: "ok" }
        : { title: t("admin.users.confirmAddress.failed"), description: result.message, tone: "bad" },
    );
  };
  return (
    <Button
      size="small"
      onClick={vouch}
      aria-label={t("admin.users.confirmAddress.actionFor", { user: row.name })}
    >
      {t("admin.users.confirmAddress.action")}
    </Button>
  );
}
