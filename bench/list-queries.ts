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

/** A list as its plans are asked for: the same question always makes the same statement as on its page. */
export type List = {
  name: string;
  table: Prisma.Sql;
  /** How the names of its indexes begin. */
  indexes: string;
  questions: readonly Question[];
  ask: (params: SearchParams) => Asked;
};

export type Question = { asked: string; params: SearchParams };

export type Asked = {
  place: PagePosition;
  keys: SortKeys;
  matching: (organizationId: string) => Prisma.Sql;
  page: (organizationId: string, cursor: PagePosition["cursor"]) => Prisma.Sql;
};

const sorted = (columns: string[]) =>
  columns.flatMap((column) => [column, `-${column}`]).map((sort) => ask("sort", sort));
const filtered = (name: string, values: string) => values.split(" ").map((value) => ask(name, value));
const ask = (name: string, value: string): Question => ({
  asked: `${name}=${value}`,
  params: { [name]: value },
});

/** Invitations: each order alone, and each single filter in the usual order (architecture, Lists). */
export function invitationsList(inviters: { most: string; fewest: string }): List {
  return {
    name: "Invitations",
    table: Prisma.sql`invitation i`,
    indexes: "invitation",
    questions: [
      ...sorted(["email", "status", "role", "resends", "sent"]),
      ...filtered("status", "pending expired accepted declined revoked all"),
      ...filtered("delivery", "queued sent delivered delayed bounced complained failed unknown kept"),
      ...filtered("role", "owner admin member"),
      { asked: "inviter=most", params: { inviter: inviters.most } },
      { asked: "inviter=fewest", params: { inviter: inviters.fewest } },
    ],
    ask: (params) => {
      const state = invitationList.read(params);
      return {
        place: state,
        keys: invitations.INVITATION_SORT_KEYS[state.sort.column],
        matching: (id) =>
          Prisma.sql`${invitations.whereInvitationFilters(id, state.filters)} AND ${invitations.whereInvitationPage(state)}`,
        page: (id, cursor) => invitationsPage(id, { ...state, cursor }),
      };
    },
  };
}

/** Users, in the same way. */
export const usersList: List = {
  name: "Users",
  table: Prisma.sql`member m`,
  indexes: "member",
  questions: [
    ...sorted(["name", "role", "status", "active"]),
    ...filtered("status", "active invited expired blocked removed"),
    ...filtered("role", "owner admin member"),
    ask("policies", "none"),
  ],
  ask: (params) => {
    const state = userList.read(params);
    return {
      place: state,
      keys: users.USER_SORT_KEYS[state.sort.column],
      matching: (id) =>
        Prisma.sql`${users.whereUserFilters(id, state.filters)} AND ${users.whereUserPage(state)}`,
      page: (id, cursor) => usersPage(id, { ...state, cursor }),
    };
  },
};

/** Invitation requests, in the same way. */
export const requestsList: List = {
  name: "Invitation requests",
  table: Prisma.sql`invitation_request r`,
  indexes: "request",
  questions: [
    ...sorted(["email", "requested"]),
    ...filtered("status", "pending stale approved dismissed all"),
  ],
  ask: (params) => {
    const state = requestList.read(params);
    return {
      place: state,
      keys: requests.REQUEST_SORT_KEYS[state.sort.column],
      matching: (id) =>
        Prisma.sql`${requests.whereRequestFilters(id, state.filters)} AND ${requests.whereRequestPage(state)}`,
      page: (id, cursor) => requestsPage(id, { ...state, cursor }),
    };
  },
};
