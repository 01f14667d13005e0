"use client";

import Link from "next/link";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { InvitationActions, type MayDo } from "@/components/invitations/invitation-actions";
import { useAddRows, useWithFresh } from "@/components/members/fresh-rows";
import { UserPolicies } from "@/components/members/user-policies";
import { UserStatusBadge } from "@/components/members/user-status";
import { type Column, DataTable, type Sort } from "@/components/table/data-table";
import { useSelection } from "@/components/table/selection";
import { Address } from "@/components/ui/address";
import { Button, buttonClass } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Time } from "@/components/ui/time";
import { useToast } from "@/components/ui/toast";
import { vouchForAddress } from "@/lib/admin/user-actions";
import { STOP_MESSAGES } from "@/lib/mail/bounces";
import type { MayToMany } from "@/lib/members/moves";
import type { UserRow } from "@/lib/members/queries/list";
import { ROLE_NAMES } from "@/lib/permissions/roles";

/** What can be done to many comes with the first one that is ticked. */
const UsersBulk = lazy(() => import("@/components/members/users-bulk"));

type Props = {
  organization: string;
  rows: readonly UserRow[];
  sort: Sort;
  /** The address of the list in the order of each column. */
  sortLinks: Readonly<Record<string, string>>;
  /** The address without search and filters, where some are chosen. */
  clear: string | undefined;
  /** What all that match is asked by, where there are more than this page; null: there are not. */
  query: string | null;
  may: MayDo;
  mayToMany: MayToMany;
  mayVouch: boolean;
  /** What to do next, while nobody else is here. */
  firstSteps?: ReactNode;
};

/** Users: everybody with a place, whoever is invited included (REQ-B7, REQ-F1). */
export function UsersTable({ organization, rows, sort, sortLinks, clear, may, mayVouch, ...more }: Props) {
  const { firstSteps, ...bulk } = more;
  const shown = useWithFresh(rows, "users");
  const selection = useSelection();
  const [wasUsed, setUsed] = useState(false);
  if (selection.selected.size > 0 && !wasUsed) setUsed(true);
  const columns: Column<UserRow>[] = [
    {
      id: "name",
      header: "Name and email",
      place: "lead",
      cell: (row) => (
        <>
          <strong>{row.name || <Address>{row.email}</Address>}</strong>
          {row.name ? (
            <small>
              <Address>{row.email}</Address>
            </small>
          ) : null}
        </>
      ),
    },
    { id: "role", header: "Role", place: "small", cell: (row) => ROLE_NAMES[row.role] },
    { id: "policies", header: "Policies", place: "small", cell: (row) => <UserPolicies row={row} /> },
    {
      id: "status",
      header: "Status",
      place: "line",
      cell: (row) => (
        <>
          <UserStatusBadge row={row} />
          {row.emailSuppression ? <small>{STOP_MESSAGES[row.emailSuppression]}</small> : null}
        </>
      ),
    },
    {
      id: "active",
      header: "Last active",
      place: "small",
      listLabel: "Last active:",
      cell: (row) => (row.lastActiveAt ? <Time at={row.lastActiveAt} now={row.now} /> : "Never"),
    },
    {
      id: "actions",
      header: "Actions",
      place: "actions",
      cell: (row) => <UserActions organization={organization} row={row} may={may} mayVouch={mayVouch} />,
    },
  ];
  const table = (
    <DataTable
      caption="Users"
      columns={columns}
      rows={shown}
      rowId={(row) => row.id}
      faded={(row) => row.status === "removed"}
      // Whoever was removed is not changed.
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
      {wasUsed ? (
        <Suspense fallback={<div className="bulk" />}>
          <UsersBulk {...selection} {...bulk} organization={organization} rows={shown} />
        </Suspense>
      ) : null}
      {shown.length > 0 ? table : <NobodyMatches clear={clear} />}
      {shown.length === 1 ? firstSteps : null}
    </>
  );
}

/** Whoever looks is there themselves, so without a question there is always somebody. */
function NobodyMatches({ clear }: { clear: string | undefined }) {
  return (
    <Empty
      title="No user matches"
      action={
        clear ? (
          <Link className={buttonClass()} href={clear} prefetch={false}>
            Clear filters
          </Link>
        ) : undefined
      }
    >
      Look for fewer letters of the name or address, or take out a filter. Removed users are shown by the
      status Removed only.
    </Empty>
  );
}

type ActionsProps = { organization: string; row: UserRow; may: MayDo; mayVouch: boolean };

/** Manage, and the menu of whoever is still invited (REQ-C2). */
function UserActions({ organization, row, may, mayVouch }: ActionsProps) {
  return (
    <span className="row-actions">
      {mayVouch && isUnproven(row) ? <Vouch organization={organization} row={row} /> : null}
      <Link
        className={buttonClass("quiet", "small")}
        href={`/o/${organization}/admin/users/${row.id}`}
        prefetch={false}
        aria-label={`Manage ${row.name || row.email}`}
      >
        Manage
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
          may={may}
        />
      ) : null}
    </span>
  );
}

/** Joined without a proof of the mailbox (REQ-D9). */
function isUnproven({ addressConfirmed, status }: UserRow): boolean {
  return !addressConfirmed && (status === "active" || status === "blocked");
}

function Vouch({ organization, row }: { organization: string; row: UserRow }) {
  const toast = useToast();
  const show = useAddRows();
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
