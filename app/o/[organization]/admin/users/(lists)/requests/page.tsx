import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages, type ClientNamespace } from "@/components/i18n/client-messages";
import { RequestFilters } from "@/components/requests/request-filters";
import { RequestsDisabled } from "@/components/requests/requests-disabled";
import { RequestsTable } from "@/components/requests/requests-table";
import { ListTools } from "@/components/table/list-tools";
import { Pagination } from "@/components/table/pagination";
import { QueryTimeout } from "@/components/table/query-timeout";
import { findInviteOptions } from "@/lib/admin/queries/invite-options";
import { requirePermission } from "@/lib/auth/guards";
import { pickPermissions } from "@/lib/permissions/rights";
import { type RequestListState, requestList } from "@/lib/requests/list";
import { REQUEST_LIST_MESSAGES } from "@/lib/requests/messages";
import { findRequestsTabState, MAX_STALE_COUNT } from "@/lib/requests/queries/counts";
import { listRequests } from "@/lib/requests/queries/list";
import { REQUEST_ACTION_PERMISSIONS } from "@/lib/requests/status";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations();
  return { title: t("admin.requests.title") };
}

const NAMESPACES: ClientNamespace[] = ["admin.requests", "admin.table", "admin.permissions"];

export default async function Requests({
  params,
  searchParams,
}: PageProps<"/o/[organization]/admin/users/requests">) {
  const { organization } = await params;
  const t = await getTranslations();
  const actor = await requirePermission(organization, "/users/requests");
  const { slug } = actor.organization;
  const page = `/o/${slug}/admin/users/requests`;
  const state = requestList.read(await searchParams);
  const [list, inviteOptions, { acceptsRequests, staleCount }] = await Promise.all([
    listRequests(actor, state),
    findInviteOptions(actor, "requests:approve"),
    findRequestsTabState(actor),
  ]);
  const hrefFor = (listState: RequestListState) => page + requestList.write(listState);
  const hasFilters = requestList.hasFilters(state);
  const clearHref = hrefFor(requestList.withoutFilters(state));
  const isEmpty = list.ok && list.value.rows.length === 0 && !hasFilters;
  const disabledNotice = acceptsRequests ? null : (
    <RequestsDisabled
      settingsHref={actor.permissions.has("settings:update") ? `/o/${slug}/admin/settings` : undefined}
      hasList={!isEmpty}
    />
  );
  const tools = (
    <>
      {disabledNotice}
      {disabledNotice && isEmpty ? null : (
        <ListTools>
          <RequestFilters page={page} state={state} />
        </ListTools>
      )}
    </>
  );
  if (!list.ok) {
    const defaultSort = requestList.sortParam(state)
      ? { href: hrefFor(requestList.withDefaultSort(state)), label: t("admin.requests.sortByRequested") }
      : undefined;
    return (
      <ClientMessages namespaces={NAMESPACES}>
        {tools}
        <QueryTimeout
          message={t(REQUEST_LIST_MESSAGES[list.reason])}
          defaultSort={defaultSort}
          clearHref={clearHref}
        />
      </ClientMessages>
    );
  }
  const { rows, previous, next } = list.value;
  return (
    <ClientMessages namespaces={NAMESPACES}>
      {tools}
      {disabledNotice && isEmpty ? null : (
        <RequestsTable
          organization={slug}
          rows={rows}
          sort={state.sort}
          sortLinks={requestList.sortLinks(page, state)}
          clearHref={hasFilters ? clearHref : undefined}
          query={previous || next ? requestList.write(requestList.withDefaultSort(state)) : null}
          permissions={pickPermissions(actor, REQUEST_ACTION_PERMISSIONS)}
          options={inviteOptions}
          staleQuery={requestList.write({ ...requestList.defaults, filters: { status: "stale" } })}
          staleCount={staleCount}
          maxStaleCount={MAX_STALE_COUNT}
          canOpenUsers={actor.permissions.has("users:read")}
        />
      )}
      {previous || next ? (
        <Pagination
          label={t("admin.requests.pages")}
          previous={previous ? hrefFor({ ...state, cursor: previous }) : undefined}
          next={next ? hrefFor({ ...state, cursor: next }) : undefined}
        />
      ) : null}
    </ClientMessages>
  );
}
