import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { FirstSteps } from "@/components/members/first-steps";
import { UserFilters } from "@/components/members/user-filters";
import { UsersTable } from "@/components/members/users-table";
import { ExportLink } from "@/components/table/export-link";
import { ListTools } from "@/components/table/list-tools";
import { Pagination } from "@/components/table/pagination";
import { QueryTimeout } from "@/components/table/query-timeout";
import { requirePermission } from "@/lib/auth/guards";
import { currentTranslation } from "@/lib/i18n/current-translation";
import { type UserListState, userList } from "@/lib/members/list";
import { BULK_PERMISSIONS } from "@/lib/members/member-actions";
import { USER_LIST_MESSAGES } from "@/lib/members/messages";
import { listUsers } from "@/lib/members/queries/list";
import { hasProvider } from "@/lib/organizations/queries";
import { INVITATION_PERMISSIONS } from "@/lib/permissions/permissions";
import { pickPermissions } from "@/lib/permissions/rights";
import { translateRefusal } from "@/lib/result/result";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations();
  return { title: t("admin.users.title") };
}

/** The list of users (REQ-F1). */
export default async function Users({ params, searchParams }: PageProps<"/o/[organization]/admin/users">) {
  const { organization } = await params;
  const actor = await requirePermission(organization, "/users");
  const page = `/o/${actor.organization.slug}/admin/users`;
  const translation = await currentTranslation();
  const { t } = translation;
  const state = userList.read(await searchParams);
  const list = await listUsers(actor, state);
  const urlOf = (target: UserListState) => page + userList.write(target);
  const clear = urlOf(userList.withoutFilters(state));
  const tools = (
    <ListTools>
      <UserFilters page={page} state={state} />
      <ExportLink href={`${page}/export${userList.write({ ...state, cursor: null })}`} />
    </ListTools>
  );
  if (!list.ok) {
    const defaultSort = userList.sortParam(state)
      ? { href: urlOf(userList.withDefaultSort(state)), label: t("admin.users.table.defaultOrder") }
      : undefined;
    return (
      <>
        {tools}
        <QueryTimeout
          message={translateRefusal(translation, USER_LIST_MESSAGES, list)}
          defaultSort={defaultSort}
          clearHref={clear}
        />
      </>
    );
  }
  const { rows, previous, next } = list.value;
  const isOnlyUser = rows.length === 1 && !previous && !next && !userList.hasFilters(state);
  return (
    <>
      {tools}
      <UsersTable
        organization={actor.organization.slug}
        rows={rows}
        sort={state.sort}
        sortLinks={userList.sortLinks(page, state)}
        clear={userList.hasFilters(state) ? clear : undefined}
        query={previous || next ? userList.write(userList.withDefaultSort(state)) : null}
        invitationPermissions={pickPermissions(actor, INVITATION_PERMISSIONS)}
        bulkPermissions={pickPermissions(actor, BULK_PERMISSIONS)}
        mayVouch={actor.role === "owner"}
        firstSteps={
          isOnlyUser && actor.permissions.has("invitations:create") ? (
            <FirstSteps isMailed={hasProvider()} />
          ) : null
        }
      />
      {previous || next ? (
        <Pagination
          label={t("admin.users.table.pages")}
          previous={previous ? urlOf({ ...state, cursor: previous }) : undefined}
          next={next ? urlOf({ ...state, cursor: next }) : undefined}
        />
      ) : null}
    </>
  );
}
