import { type Actor, assertStillMay } from "@/lib/auth/actor";
import { csvPieces, PIECE } from "@/lib/db/csv-stream";
import type { UserListState } from "@/lib/members/list";
import type { UserListRefusal } from "@/lib/members/messages";
import { readUsers, type UserRow } from "@/lib/members/queries/list";
import { USER_STATUS_NAMES } from "@/lib/members/status";
import { ROLE_NAMES } from "@/lib/permissions/roles";
import { done, type Result, refused } from "@/lib/result/result";

const HEADER = [
  "Name",
  "Email",
  "Role",
  "Policies",
  "Status",
  "Address confirmed",
  "Last active (UTC)",
  "Invitation expires (UTC)",
  "User id",
];

/** What the list of users shows, all pages of it, as CSV (REQ-C9): search, filters and order are the list's. */
export async function exportUsers(
  actor: Actor,
  state: UserListState,
): Promise<Result<AsyncGenerator<string, void>, UserListRefusal>> {
  const pieces = await csvPieces<UserRow, UserListState["cursor"]>({
    header: HEADER,
    read: async (tx, cursor) => {
      await assertStillMay(tx, actor, "users:read");
      return readUsers(tx, actor, { ...state, cursor }, PIECE);
    },
    toCells,
    person: ({ id }) => id,
  });
  return pieces ? done(pieces) : refused(state.search ? "search-too-slow" : "list-too-slow");
}

function toCells(row: UserRow): string[] {
  return [
    row.name,
    row.email,
    ROLE_NAMES[row.role],
    row.policies.join("; "),
    USER_STATUS_NAMES[row.status],
    row.addressConfirmed ? "yes" : "no",
    row.lastActiveAt?.toISOString() ?? "",
    row.invitation?.expiresAt.toISOString() ?? "",
    row.id,
  ];
}
