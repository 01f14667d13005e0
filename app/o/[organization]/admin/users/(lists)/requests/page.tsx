import type { Metadata } from "next";
import { RequestFilters } from "@/components/requests/request-filters";
import { RequestsOff } from "@/components/requests/requests-off";
import { RequestsTable } from "@/components/requests/requests-table";
import { Pagination } from "@/components/table/pagination";
import { TooSlow } from "@/components/table/too-slow";
import { findInviteOptions } from "@/lib/admin/queries/invite-options";
import { actorAt } from "@/lib/auth/gate";
import { heldOf } from "@/lib/permissions/rights";
import { type RequestListState, requestList } from "@/lib/requests/list";
import { REQUEST_LIST_MESSAGES } from "@/lib/requests/messages";
import { listRequests } from "@/lib/requests/queries/list";
import { findStanding } from "@/lib/requests/queries/tallies";
import { REQUEST_MOVES } from "@/lib/requests/status";

export const metadata: Metadata = { title: "Invitation requests" };

export default async function Requests({
  params,
  searchParams,
}: PageProps<"/o/[organization]/admin/users/requests">) {
  const { organization } = await params;
  const actor = await actorAt(organization, "/users/requests");
  const { slug } = actor.organization;
  const page = `/o/${slug}/admin/users/requests`;
  const state = requestList.read(await searchParams);
  const [list, options, { isOn, hasStale }] = await Promise.all([
    listRequests(actor, state),
    findInviteOptions(actor, "requests:approve"),
    findStanding(actor),
  ]);
  const addressOf = (asked: RequestListState) => page + requestList.write(asked);
  const isNarrowed = requestList.isNarrowed(state);
  const clear = addressOf(requestList.cleared(state));
  const isEmpty = list.ok && list.value.rows.length === 0 && !isNarrowed;
  const off = isOn ? null : (
    <RequestsOff
      settings={actor.permissions.has("settings:update") ? `/o/${slug}/admin/settings` : undefined}
      isAbove={!isEmpty}
    />
  );
  const tools = (
    <>
      {off}
      {off && isEmpty ? null : (
        <div className="list-tools">
          <RequestFilters page={page} state={state} />
        </div>
      )}
    </>
  );
  if (!list.ok) {
    const sorted = requestList.sortParam(state)
      ? { href: addressOf(requestList.inUsualOrder(state)), label: "Sort by Requested" }
      : undefined;
    return (
      <>
        {tools}
        <TooSlow words={REQUEST_LIST_MESSAGES[list.reason]} sorted={sorted} clear={clear} />
      </>
    );
  }
  const { rows, previous, next } = list.value;
  return (
    <>
      {tools}
      {off && isEmpty ? null : (
        <RequestsTable
          organization={slug}
          rows={rows}
          sort={state.sort}
          sortLinks={requestList.sortLinks(page, state)}
          clear={isNarrowed ? clear : undefined}
          query={previous || next ? requestList.write(requestList.inUsualOrder(state)) : null}
          may={heldOf(actor, REQUEST_MOVES)}
          options={options}
          stale={requestList.write({ ...requestList.defaults, filters: { status: "stale" } })}
          hasStale={hasStale}
          mayOpenUsers={actor.permissions.has("users:read")}
        />
      )}
      {previous || next ? (
        <Pagination
          label="Pages of invitation requests"
          previous={previous ? addressOf({ ...state, cursor: previous }) : undefined}
          next={next ? addressOf({ ...state, cursor: next }) : undefined}
        />
      ) : null}
    </>
  );
}
