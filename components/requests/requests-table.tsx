"use client";

import Link from "next/link";
import { lazy, Suspense, useState } from "react";
import { useWithFresh } from "@/components/members/fresh-rows";
import type { Gift } from "@/components/members/gift-fields";
import { DismissStale } from "@/components/requests/dismiss-stale";
import { RequestActions } from "@/components/requests/request-actions";
import { RequestGift } from "@/components/requests/request-gift";
import { RequestMessage } from "@/components/requests/request-message";
import { type Column, DataTable, type Sort } from "@/components/table/data-table";
import { useSelection } from "@/components/table/selection";
import { Address } from "@/components/ui/address";
import { Badge } from "@/components/ui/badge";
import { buttonClass } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Time } from "@/components/ui/time";
import type { InviteOptions } from "@/lib/admin/queries/invite-options";
import type { RequestRow } from "@/lib/requests/queries/list";
import { movesFrom, STATUS_NAMES } from "@/lib/requests/status";

/** What can be done to many comes with the first one that is ticked. */
const RequestsBulk = lazy(() => import("@/components/requests/requests-bulk"));

type Props = {
  organization: string;
  rows: readonly RequestRow[];
  sort: Sort;
  /** The address of the list in the order of each column. */
  sortLinks: Readonly<Record<string, string>>;
  /** The address without search and filters, where some are chosen. */
  clear: string | undefined;
  /** What all that match is asked by, where there are more than this page; null: there are not. */
  query: string | null;
  may: MayAnswer;
  /** What there is to give; null for whoever may not approve. */
  options: InviteOptions | null;
  /** The list's query for the stale ones, and whether there are any. */
  stale: string;
  hasStale: boolean;
  mayOpenUsers: boolean;
};

/** Invitation requests: who asks to come in, and the answer to each (REQ-E3). */
export function RequestsTable({ organization, rows, sort, sortLinks, clear, options, ...props }: Props) {
  const { may, stale, hasStale } = props;
  const shown = useWithFresh(rows, "requests");
  const selection = useSelection();
  const [wasUsed, setUsed] = useState(false);
  if (selection.selected.size > 0 && !wasUsed) setUsed(true);
  // What became of the stale ones stays to be read when there are none left.
  const [wasStale, setWasStale] = useState(hasStale);
  if (hasStale && !wasStale) setWasStale(true);
  const [chosen, choose] = useState<Readonly<Record<string, Gift>>>({});
  const giftOf = (row: RequestRow) => chosen[row.id] ?? proposal(row, options);
  const columns: Column<RequestRow>[] = [
    {
      id: "email",
      header: "Email",
      place: "lead",
      cell: (row) => <Address>{row.email}</Address>,
    },
    { id: "name", header: "Name", place: "line", cell: (row) => row.name },
    { id: "message", header: "Message", place: "line", cell: (row) => <RequestMessage row={row} /> },
    {
      id: "requested",
      header: "Requested",
      place: "small",
      cell: (row) => <Time at={row.requestedAt} now={row.now} />,
    },
    {
      id: "role",
      header: "Role",
      place: "line",
      cell: (row) =>
        options && movesFrom(row.status).includes("approve") ? (
          <RequestGift
            email={row.email}
            options={options}
            gift={giftOf(row)}
            onChange={(gift) => choose({ ...chosen, [row.id]: gift })}
          />
        ) : (
          <Badge tone={row.status === "stale" ? "warn" : row.status === "approved" ? "ok" : "quiet"}>
            {STATUS_NAMES[row.status]}
          </Badge>
        ),
    },
    {
      id: "actions",
      header: "Actions",
      // Two buttons with words need a line of their own where there is no room for columns.
      place: "line",
      cell: (row) => (
        <RequestActions organization={organization} request={row} gift={giftOf(row)} may={may} />
      ),
    },
  ];
  const { stale: _, hasStale: __, ...bulk } = props;
  return (
    <>
      {wasStale && may["requests:dismiss"] ? (
        <DismissStale
          organization={organization}
          query={stale}
          shown={shown.map(({ id }) => id)}
          isAny={hasStale}
        />
      ) : null}
      {wasUsed ? (
        <Suspense fallback={<div className="bulk" />}>
          <RequestsBulk {...selection} {...bulk} organization={organization} rows={shown} options={options} />
        </Suspense>
      ) : null}
      {shown.length > 0 ? (
        <DataTable
          caption="Invitation requests"
          columns={columns}
          rows={shown}
          rowId={(row) => row.id}
          faded={(row) => movesFrom(row.status).length === 0}
          selection={{ selected: selection.selected, onChange: selection.select, label: (row) => row.email }}
          sort={sort}
          sortHref={(column) => sortLinks[column]}
        />
      ) : (
        <Nothing clear={clear} />
      )}
    </>
  );
}

/** Which of the two answers the actor may give. */
export type MayAnswer = Record<"requests:approve" | "requests:dismiss", boolean>;

/** What the expired invitation promised, as far as the actor may give it; otherwise the organization's defaults. */
function proposal({ proposed }: RequestRow, options: InviteOptions | null): Gift {
  if (!options) return { role: "member", policies: [] };
  const { roles, defaultRole, policies } = options;
  const isProposed = (one: InviteOptions["policies"][number]) =>
    proposed ? proposed.policies.includes(one.id) : one.isDefault;
  return {
    role: proposed && roles.includes(proposed.role) ? proposed.role : defaultRole,
    policies: policies.filter((one) => one.mayGive && isProposed(one)).map(({ id }) => id),
  };
}

function Nothing({ clear }: { clear: string | undefined }) {
  if (!clear)
    return (
      <Empty title="No requests">
        Whoever asks for an invitation on the login page, and confirms the address, stands here.
      </Empty>
    );
  return (
    <Empty
      title="No request matches"
      action={
        <Link className={buttonClass()} href={clear} prefetch={false}>
          Clear filters
        </Link>
      }
    >
      Look for fewer letters of the name or the address, or choose another status.
    </Empty>
  );
}
