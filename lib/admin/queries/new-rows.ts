import type { ActivityType } from "@/lib/activity/activity-types";
import { findConcerned } from "@/lib/activity/queries";
import type { Actor } from "@/lib/auth/actor";
import { type ListStatus as InvitationListStatus, invitationList } from "@/lib/invitations/list";
import { findListedInvitations, type InvitationRow } from "@/lib/invitations/queries/list";
import { type ListStatus as UserListStatus, userList } from "@/lib/members/list";
import { findListedUsers, type UserRow } from "@/lib/members/queries/list";
import { type ListStatus as RequestListStatus, requestList } from "@/lib/requests/list";
import { findListedRequests, type RequestRow } from "@/lib/requests/queries/list";

/** The list that is open, what the address bar asks of it, and when it was read; null: it was empty. */
export type OpenList = { name: "users" | "invitations" | "requests"; query: string; since: Date | null };

export type Arrivals = { users: UserRow[]; invitations: InvitationRow[]; requests: RequestRow[] };

/** So many are told of at once; where there are more, the list is better opened again. */
const MOST_ARRIVALS = 100;

/** What was being committed while the list was read carries an earlier moment. */
const LATE = 2_000;

const TO_USERS: Record<UserListStatus, readonly ActivityType[]> = {
  present: ["invited"],
  invited: ["invited", "renewed"],
  active: ["accepted", "unblocked"],
  blocked: ["blocked"],
  removed: ["revoked", "declined", "removed", "left"],
  // Only the clock brings somebody there.
  expired: [],
};

const TO_INVITATIONS: Record<InvitationListStatus, readonly ActivityType[]> = {
  open: ["invited", "revoke-undone"],
  pending: ["invited", "renewed", "revoke-undone"],
  accepted: ["accepted"],
  declined: ["declined"],
  revoked: ["revoked"],
  all: ["invited"],
  expired: [],
};

const TO_REQUESTS: Record<RequestListStatus, readonly ActivityType[]> = {
  open: ["requested"],
  pending: ["requested"],
  all: ["requested"],
  stale: [],
  approved: [],
  dismissed: ["request-dismissed"],
};

/**
 * Whoever has come into an open list since it was read, as its rows: by what happened, and only if the list shows them as it
 * is asked for (decision 0032). Nothing of a list that the actor may not read.
 */
export async function findArrivals(actor: Actor, { name, query, since }: OpenList): Promise<Arrivals> {
  const nobody: Arrivals = { users: [], invitations: [], requests: [] };
  if (!actor.permissions.has(`${name}:read`)) return nobody;
  const from = new Date((since?.getTime() ?? LATE) - LATE);
  const params = Object.fromEntries(new URLSearchParams(query));
  switch (name) {
    case "users": {
      const state = userList.read(params);
      const { members } = await findConcerned(actor, TO_USERS[state.filters.status], from);
      return { ...nobody, users: await findListedUsers(actor, state, members, MOST_ARRIVALS) };
    }
    case "invitations": {
      const state = invitationList.read(params);
      const { invitations: ids } = await findConcerned(actor, TO_INVITATIONS[state.filters.status], from);
      return { ...nobody, invitations: await findListedInvitations(actor, state, ids, MOST_ARRIVALS) };
    }
    case "requests": {
      const state = requestList.read(params);
      const { requests: ids } = await findConcerned(actor, TO_REQUESTS[state.filters.status], from);
      return { ...nobody, requests: await findListedRequests(actor, state, ids, MOST_ARRIVALS) };
    }
  }
}
