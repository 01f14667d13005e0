import type { Metadata } from "next";
import { InvitationFilters } from "@/components/invitations/invitation-filters";
import { InvitationsTable } from "@/components/invitations/invitations-table";
import { TooSlow } from "@/components/invitations/too-slow";
import { Pagination } from "@/components/table/pagination";
import { actorAt } from "@/lib/auth/gate";
import { type InvitationListState, invitationList } from "@/lib/invitations/list";
import { listInvitations } from "@/lib/invitations/queries/list";
import { findInviters } from "@/lib/invitations/queries/tallies";
import { heldOf } from "@/lib/members/rights";
import { INVITATION_MOVES } from "@/lib/policies/permissions";

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
  const addressOf = (change: Partial<InvitationListState>) =>
    page + invitationList.write({ ...state, cursor: null, ...change });
  const clear = addressOf({ search: "", filters: invitationList.defaults.filters });
  const filters = <InvitationFilters page={page} state={state} inviters={inviters} />;
  if (!list.ok) {
    const sorted = invitationList.sortParam(state)
      ? addressOf({ sort: invitationList.defaults.sort })
      : undefined;
    return (
      <>
        {filters}
        <TooSlow reason={list.reason} sorted={sorted} clear={clear} />
      </>
    );
  }
  const { rows, previous, next } = list.value;
  return (
    <>
      {filters}
      <InvitationsTable
        organization={actor.organization.slug}
        rows={rows}
        sort={state.sort}
        sortLinks={invitationList.sortLinks(page, state)}
        clear={invitationList.isNarrowed(state) ? clear : undefined}
        may={heldOf(actor, INVITATION_MOVES)}
      />
      {previous || next ? (
        <Pagination
          label="Pages of invitations"
          previous={previous ? addressOf({ cursor: previous }) : undefined}
          next={next ? addressOf({ cursor: next }) : undefined}
        />
      ) : null}
    </>
  );
}
