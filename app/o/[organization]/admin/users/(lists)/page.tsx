import type { Metadata } from "next";
import { UsersTable } from "@/components/members/users-table";
import { Pagination } from "@/components/table/pagination";
import { actorAt } from "@/lib/auth/gate";
import { listUsers } from "@/lib/members/queries/list";
import { heldOf } from "@/lib/members/rights";
import { INVITATION_MOVES } from "@/lib/policies/permissions";

export const metadata: Metadata = { title: "Users" };

export default async function Users({ params, searchParams }: PageProps<"/o/[organization]/admin/users">) {
  const { organization } = await params;
  const { after } = await searchParams;
  const actor = await actorAt(organization, "/users");
  const { rows, next } = await listUsers(actor, typeof after === "string" ? after : undefined);
  const base = `/o/${actor.organization.slug}/admin/users`;
  return (
    <>
      <UsersTable
        organization={actor.organization.slug}
        rows={rows}
        may={heldOf(actor, INVITATION_MOVES)}
        mayVouch={actor.role === "owner"}
      />
      {after || next ? (
        <Pagination
          label="Pages of users"
          previous={after ? base : undefined}
          next={next ? `${base}?after=${encodeURIComponent(next)}` : undefined}
        />
      ) : null}
    </>
  );
}
