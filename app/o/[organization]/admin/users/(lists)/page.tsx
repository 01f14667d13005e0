import type { Metadata } from "next";
import { FirstSteps } from "@/components/members/first-steps";
import { UserFilters } from "@/components/members/user-filters";
import { UsersTable } from "@/components/members/users-table";
import { ExportLink } from "@/components/table/export-link";
import { Pagination } from "@/components/table/pagination";
import { TooSlow } from "@/components/table/too-slow";
import { actorAt } from "@/lib/auth/gate";
import { type UserListState, userList } from "@/lib/members/list";
import { USER_LIST_MESSAGES } from "@/lib/members/messages";
import { MANY_NEED } from "@/lib/members/moves";
import { listUsers } from "@/lib/members/queries/list";
import { hasProvider } from "@/lib/organizations/queries";
import { INVITATION_MOVES } from "@/lib/permissions/permissions";
import { heldOf } from "@/lib/permissions/rights";

export const metadata: Metadata = { title: "Users" };

export default async function Users({ params, searchParams }: PageProps<"/o/[organization]/admin/users">) {
  const { organization } = await params;
  const actor = await actorAt(organization, "/users");
  const page = `/o/${actor.organization.slug}/admin/users`;
  const state = userList.read(await searchParams);
  const list = await listUsers(actor, state);
  const addressOf = (asked: UserListState) => page + userList.write(asked);
  const clear = addressOf(userList.cleared(state));
  const tools = (
    <div className="list-tools">
      <UserFilters page={page} state={state} />
      <ExportLink href={`${page}/export${userList.write({ ...state, cursor: null })}`} />
    </div>
  );
  if (!list.ok) {
    const sorted = userList.sortParam(state)
      ? { href: addressOf(userList.inUsualOrder(state)), label: "Usual order" }
      : undefined;
    return (
      <>
        {tools}
        <TooSlow words={USER_LIST_MESSAGES[list.reason]} sorted={sorted} clear={clear} />
      </>
    );
  }
  const { rows, previous, next } = list.value;
  const isAlone = rows.length === 1 && !previous && !next && !userList.isNarrowed(state);
  return (
    <>
      {tools}
      <UsersTable
        organization={actor.organization.slug}
        rows={rows}
        sort={state.sort}
        sortLinks={userList.sortLinks(page, state)}
        clear={userList.isNarrowed(state) ? clear : undefined}
        query={previous || next ? userList.write(userList.inUsualOrder(state)) : null}
        may={heldOf(actor, INVITATION_MOVES)}
        mayToMany={heldOf(actor, MANY_NEED)}
        mayVouch={actor.role === "owner"}
        firstSteps={
          isAlone && actor.permissions.has("invitations:create") ? (
            <FirstSteps isMailed={hasProvider()} />
          ) : null
        }
      />
      {previous || next ? (
        <Pagination
          label="Pages of users"
          previous={previous ? addressOf({ ...state, cursor: previous }) : undefined}
          next={next ? addressOf({ ...state, cursor: next }) : undefined}
        />
      ) : null}
    </>
  );
}
