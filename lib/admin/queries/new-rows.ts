import type { ActivityType } from "@/lib/activity/activity-types";
import { findAffectedIds } from "@/lib/activity/queries";
import type { Actor } from "@/lib/auth/actor";
import { type InvitationListStatus, invitationList } from "@/lib/invitations/list";
import { findListedInvitations, type InvitationRow } from "@/lib/invitations/queries/list";
import { type UserListStatus, userList } from "@/lib/members/list";
import { findListedUsers, type UserRow } from "@/lib/members/queries/list";
import { type RequestListStatus, requestList } from "@/lib/requests/list";
import { findListedRequests, type RequestRow } from "@/lib/requests/queries/list";

/** The list on screen: its query from the URL, and when it was read (null if it was empty). */
export type OpenList = { name: "users" | "invitations" | "requests"; query: string; since: Date | null };

export type NewRows = { users: UserRow[]; invitations: InvitationRow[]; requests: RequestRow[] };

/** More new rows than this are shown as "100+". */
const MAX_NEW_ROWS = 100;

/** In milliseconds. An entry committed after the list was read can have an earlier timestamp. */
const COMMIT_LAG = 2_000;

/** The activity that adds a row to Users, by status filter. */
export const USER_LIST_EVENTS: Record<UserListStatus, readonly ActivityType[]> = {
  present: ["invited"],
  invited: ["invited", "renewed"],
  active: ["accepted", "unblocked"],
  blocked: ["blocked"],
  removed: ["revoked", "declined", "removed", "left"],
  // Expiry is not an activity.
  expired: [],
};

export const INVITATION_LIST_EVENTS: Record<InvitationListStatus, readonly ActivityType[]> = {
  open: ["invited", "revoke-undone"],
  pending: ["invited", "renewed", "revoke-undone"],
  accepted: ["accepted"],
  declined: ["declined"],
  revoked: ["revoked"],
  all: ["invited"],
  expired: [],
};

export const REQUEST_LIST_EVENTS: Record<RequestListStatus, readonly ActivityType[]> = {
  open: ["requested"],
  pending: ["requested"],
  all: ["requested"],
  stale: [],
  approved: [],
  dismissed: ["request-dismissed"],
};

/**
 * Returns the rows that were added to the open list since it was read: found by their activity, and only
 * those that match its filters and search (decision 0032). Returns no rows of a list that the actor cannot
 * read.
 */
export async function findNewRows(actor: Actor, { name, query, since }: OpenList): Promise<NewRows> {
  const none: NewRows = { users: [], invitations: [], requests: [] };
  if (!actor.permissions.has(`${name}:read`)) return none;
  const from = new Date((since?.getTime() ?? COMMIT_LAG) - COMMIT_LAG);
  const params = Object.fromEntries(new URLSearchParams(query));
  switch (name) {
    case "users": {
      const state = userList.read(params);
      const { members } = await findAffectedIds(actor, USER_LIST_EVENTS[state.filters.status], from);
      return { ...none, users: await findListedUsers(actor, state, members, MAX_NEW_ROWS) };
    }
    case "invitations": {
      const state = invitationList.read(params);
      const { invitations: ids } = await findAffectedIds(
        actor,
        INVITATION_LIST_EVENTS[state.filters.status],
        from,
      );
      return { ...none, invitations: await findListedInvitations(actor, state, ids, MAX_NEW_ROWS) };
    }
    case "requests": {
      const state = requestList.read(params);
      const { requests: ids } = await findAffectedIds(actor, REQUEST_LIST_EVENTS[state.filters.status], from);
      return { ...none, requests: await findListedRequests(actor, state, ids, MAX_NEW_ROWS) };
    }
  }
}
