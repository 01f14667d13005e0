import type { Metadata } from "next";
import { InvitationFilters } from "@/components/invitations/invitation-filters";
import { InvitationsTable } from "@/components/invitations/invitations-table";
import { ExportLink } from "@/components/table/export-link";
import { Pagination } from "@/components/table/pagination";
import { TooSlow } from "@/components/table/too-slow";
import { actorAt } from "@/lib/auth/gate";
import { type InvitationListState, invitationList } from "@/lib/invitations/list";
import { LIST_MESSAGES } from "@/lib/invitations/messages";
import { listInvitations } from "@/lib/invitations/queries/list";
import { findInviters } from "@/lib/invitations/queries/tallies";
import { INVITATION_MOVES } from "@/lib/permissions/permissions";
import { heldOf } from "@/lib/permissions/rights";

export const metadata: Metadata = { title: "Invitations" };

export default async function Invitations({
  params,
  searchParams,
}: PageProps<"/o/[organization]/admin/users/invitations">) {
  const { organization } = await params;
  const actor = await actorAt(organization, "/users/invitations");
  const page = `/o/${actor.organization.slug}/admin/users/invitations`;
  const state = invitationList.read(await searchParams);
  const [list, inviters] = await Promise.all([
    listInvitations(actor, state),
    findInviters(actor, state.filters.inviter),
  ]);
  const addressOf = (asked: InvitationListState) => page + invitationList.write(asked);
  const clear = addressOf(invitationList.cleared(state));
  const tools = (
    <div className="list-tools">
      <InvitationFilters page={page} state={state} inviters={inviters} />
      <ExportLink href={`${page}/export${invitationList.write({ ...state, cursor: null })}`} />
    </div>
  );
  if (!list.ok) {
    const sorted = invitationList.sortParam(state)
      ? { href: addressOf(invitationList.inUsualOrder(state)), label: "Sort by Status" }
      : undefined;
    return (
      <>
        {tools}
        <TooSlow words={LIST_MESSAGES[list.reason]} sorted={sorted} clear={clear} />
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
        clear={invitationList.isNarrowed(state) ? clear : undefined}
        query={previous || next ? invitationList.write(invitationList.inUsualOrder(state)) : null}
        may={heldOf(actor, INVITATION_MOVES)}
        mayOpenUsers={actor.permissions.has("users:read")}
      />
      {previous || next ? (
        <Pagination
          label="Pages of invitations"
          previous={previous ? addressOf({ ...state, cursor: previous }) : undefined}
          next={next ? addressOf({ ...state, cursor: next }) : undefined}
        />
      ) : null}
    </>
  );
}
