import { Prisma } from "@/lib/db/generated/client";
import type { PagePosition, SortKeys } from "@/lib/db/keyset";
import { invitationList } from "@/lib/invitations/list";
import * as invitations from "@/lib/invitations/queries/filters";
import { invitationPageQuery as invitationsPage } from "@/lib/invitations/queries/list";
import type { SearchParams } from "@/lib/lists/list-state";
import { userList } from "@/lib/members/list";
import * as users from "@/lib/members/queries/filters";
import { userPageQuery as usersPage } from "@/lib/members/queries/list";
import { requestList } from "@/lib/requests/list";
import * as requests from "@/lib/requests/queries/filters";
import { requestPageQuery as requestsPage } from "@/lib/requests/queries/list";

/** A list with the queries to explain. The statements of a query are the same as on the list's page. */
export type MeasuredList = {
  name: string;
  table: Prisma.Sql;
  /** The prefix of the names of its indexes. */
  indexPrefix: string;
  queries: readonly ListQuery[];
  statementsFor: (params: SearchParams) => ListStatements;
};

export type ListQuery = { query: string; params: SearchParams };

export type ListStatements = {
  firstPage: PagePosition;
  keys: SortKeys;
  where: (organizationId: string) => Prisma.Sql;
  page: (organizationId: string, cursor: PagePosition["cursor"]) => Prisma.Sql;
};

const sortQueries = (columns: readonly string[]) =>
  columns.flatMap((column) => [column, `-${column}`]).map((sort) => createQuery("sort", sort));
const filterQueries = (name: string, values: string) =>
  values.split(" ").map((value) => createQuery(name, value));
const createQuery = (name: string, value: string): ListQuery => ({
  query: `${name}=${value}`,
  params: { [name]: value },
});

/** Invitations: each sort alone, and each single filter in the default order. */
export function invitationsList(inviters: { most: string; fewest: string }): MeasuredList {
  return {
    name: "Invitations",
    table: Prisma.sql`invitation i`,
    indexPrefix: "invitation",
    queries: [
      ...sortQueries(invitationList.columns),
      ...filterQueries("status", "pending expired accepted declined revoked all"),
      ...filterQueries("delivery", "queued sent delivered delayed bounced complained failed unknown kept"),
      ...filterQueries("role", "owner admin member"),
      { query: "inviter=most", params: { inviter: inviters.most } },
      { query: "inviter=fewest", params: { inviter: inviters.fewest } },
    ],
    statementsFor: (params) => {
      const state = invitationList.read(params);
      return {
        firstPage: state,
        keys: invitations.INVITATION_SORT_KEYS[state.sort.column],
        where: (id) =>
          Prisma.sql`${invitations.whereInvitationFilters(id, state.filters)} AND ${invitations.whereInvitationPage(state)}`,
        page: (id, cursor) => invitationsPage(id, { ...state, cursor }),
      };
    },
  };
}

/** Users, in the same way. */
export const usersList: MeasuredList = {
  name: "Users",
  table: Prisma.sql`member m`,
  indexPrefix: "member",
  queries: [
    ...sortQueries(userList.columns),
    ...filterQueries("status", "active invited expired blocked removed"),
    ...filterQueries("role", "owner admin member"),
    createQuery("policies", "none"),
  ],
  statementsFor: (params) => {
    const state = userList.read(params);
    return {
      firstPage: state,
      keys: users.USER_SORT_KEYS[state.sort.column],
      where: (id) =>
        Prisma.sql`${users.whereUserFilters(id, state.filters)} AND ${users.whereUserPage(state)}`,
      page: (id, cursor) => usersPage(id, { ...state, cursor }),
    };
  },
};

/** Invitation requests, in the same way. */
export const requestsList: MeasuredList = {
  name: "Invitation requests",
  table: Prisma.sql`invitation_request r`,
  indexPrefix: "request",
  queries: [
    ...sortQueries(requestList.columns),
    ...filterQueries("status", "pending stale approved dismissed all"),
  ],
  statementsFor: (params) => {
    const state = requestList.read(params);
    return {
      firstPage: state,
      keys: requests.REQUEST_SORT_KEYS[state.sort.column],
      where: (id) =>
        Prisma.sql`${requests.whereRequestFilters(id, state.filters)} AND ${requests.whereRequestPage(state)}`,
      page: (id, cursor) => requestsPage(id, { ...state, cursor }),
    };
  },
};
