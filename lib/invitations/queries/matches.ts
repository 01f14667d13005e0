import { type Actor, assertPermission } from "@/lib/auth/actor";
import { countWithTimeout, LIST_TIMEOUTS, withStatementTimeout } from "@/lib/db/statement-timeout";
import { invitationList } from "@/lib/invitations/list";
import type { InvitationListRefusal } from "@/lib/invitations/messages";
import { invitationPageQuery, readInvitationPage } from "@/lib/invitations/queries/list";
import { BATCH_SIZE } from "@/lib/lists/bulk";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * Returns the next batch of the invitations that match a list query, and the query of the batch after it
 * (REQ-C9). Iterates in the default order, latest expiry first, which is indexed for each filter: an
 * invitation that is sent gets a later expiry and so moves behind the cursor, and no invitation is returned
 * twice. That fails if the expiry setting was shortened, so `asOf` skips invitations that were sent later.
 */
export async function findNextInvitations(
  actor: Actor,
  query: string,
  asOf?: Date,
): Promise<Result<{ ids: string[]; next: string | null }, InvitationListRefusal>> {
  assertPermission(actor, "invitations:read");
  const state = invitationList.readForIteration(query);
  const page = await withStatementTimeout(LIST_TIMEOUTS.combination, (tx) =>
    readInvitationPage(tx, actor, state, BATCH_SIZE),
  );
  if (!page) return refused(state.search ? "search-too-slow" : "list-too-slow");
  const { rows, next } = page;
  return done({
    ids: rows.flatMap(({ id, issuedAt }) => (asOf && issuedAt > asOf ? [] : id)),
    next: next && invitationList.write({ ...state, cursor: next }),
  });
}

/** Returns how many invitations match a list query, at most `cap` + 1; null if counting takes too long. */
export async function countMatchingInvitations(
  actor: Actor,
  query: string,
  cap = 10_000,
): Promise<number | null> {
  assertPermission(actor, "invitations:read");
  const state = { ...invitationList.readForIteration(query), cursor: null };
  return countWithTimeout(invitationPageQuery(actor.organization.id, state, cap + 1));
}
