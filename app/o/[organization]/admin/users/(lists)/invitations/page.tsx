import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { InvitationFilters } from "@/components/invitations/invitation-filters";
import { InvitationsTable } from "@/components/invitations/invitations-table";
import { ExportLink } from "@/components/table/export-link";
import { ListTools } from "@/components/table/list-tools";
import { Pagination } from "@/components/table/pagination";
import { QueryTimeout } from "@/components/table/query-timeout";
import { requirePermission } from "@/lib/auth/guards";
import { type InvitationListState, invitationList } from "@/lib/invitations/list";
import { INVITATION_LIST_MESSAGES } from "@/lib/invitations/messages";
import { findInviters } from "@/lib/invitations/queries/counts";
import { listInvitations } from "@/lib/invitations/queries/list";
import { INVITATION_PERMISSIONS } from "@/lib/permissions/permissions";
import { pickPermissions } from "@/lib/permissions/rights";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations();
  return { title: t("admin.invitations.title") };
}

export default async function Invitations({
  params,
  searchParams,
}: PageProps<"/o/[organization]/admin/users/invitations">) {
  const { organization } = await params;
  const t = await getTranslations();
  const actor = await requirePermission(organization, "/users/invitations");
  const page = `/o/${actor.organization.slug}/admin/users/invitations`;
  const state = invitationList.read(await searchParams);
  const [list, inviters] = await Promise.all([
    listInvitations(actor, state),
    findInviters(actor, state.filters.inviter),
  ]);
  const urlOf = (listState: InvitationListState) => page + invitationList.write(listState);
  const clearHref = urlOf(invitationList.withoutFilters(state));
  const tools = (
    <ListTools>
      <InvitationFilters page={page} state={state} inviters={inviters} />
      <ExportLink href={`${page}/export${invitationList.write({ ...state, cursor: null })}`} />
    </ListTools>
  );
  if (!list.ok) {
    const defaultSort = invitationList.sortParam(state)
      ? {
          href: urlOf(invitationList.withDefaultSort(state)),
          label: t("admin.invitations.list.sortByStatus"),
        }
      : undefined;
    return (
      <>
        {tools}
        <QueryTimeout
          message={t(INVITATION_LIST_MESSAGES[list.reason])}
          defaultSort={defaultSort}
          clearHref={clearHref}
        />
      </>
    );
  }
  const { rows, previous, next } = list.value;
  return (
    <>
      {tools}
      <InvitationsTable
        organization={actor.organization.slug}
        rows={rows}
        sort={state.sort}
        sortLinks={invitationList.sortLinks(page, state)}
        clearHref={invitationList.hasFilters(state) ? clearHref : undefined}
        query={previous || next ? invitationList.write(invitationList.withDefaultSort(state)) : null}
        may={pickPermissions(actor, INVITATION_PERMISSIONS)}
        mayOpenUsers={actor.permissions.has("users:read")}
      />
      {previous || next ? (
        <Pagination
          label={t("admin.invitations.list.pages")}
          previous={previous ? urlOf({ ...state, cursor: previous }) : undefined}
          next={next ? urlOf({ ...state, cursor: next }) : undefined}
        />
      ) : null}
    </>
  );
}
