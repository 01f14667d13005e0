import type { Metadata } from "next";
import { InvitationsTable } from "@/components/invitations/invitations-table";
import { Pagination } from "@/components/table/pagination";
import { actorAt } from "@/lib/auth/gate";
import { listInvitations } from "@/lib/invitations/queries/list";
import { heldOf } from "@/lib/members/rights";
import { INVITATION_MOVES } from "@/lib/policies/permissions";

export const metadata: Metadata = { title: "Invitations" };

export default async function Invitations({
  params,
  searchParams,
}: PageProps<"/o/[organization]/admin/users/invitations">) {
  const { organization } = await params;
  const { after } = await searchParams;
  const actor = await actorAt(organization, "/users/invitations");
  const { rows, next } = await listInvitations(actor, typeof after === "string" ? after : undefined);
  const base = `/o/${actor.organization.slug}/admin/users/invitations`;
  return (
    <>
      <InvitationsTable
        organization={actor.organization.slug}
        rows={rows}
        may={heldOf(actor, INVITATION_MOVES)}
      />
      {after || next ? (
        <Pagination
          label="Pages of invitations"
          previous={after ? base : undefined}
          next={next ? `${base}?after=${encodeURIComponent(next)}` : undefined}
        />
      ) : null}
    </>
  );
}
