import { type Actor, assertStillPermitted } from "@/lib/auth/actor";
import { CHUNK_SIZE, streamCsv } from "@/lib/db/csv-stream";
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

/** Exports all pages of the list of users as CSV, with the list's search, filters and order (REQ-C9). */
export async function exportUsers(
  actor: Actor,
  state: UserListState,
): Promise<Result<AsyncGenerator<string, void>, UserListRefusal>> {
  const chunks = await streamCsv<UserRow, UserListState["cursor"]>({
    header: HEADER,
    read: async (tx, cursor) => {
      await assertStillPermitted(tx, actor, "users:read");
      return readUsers(tx, actor, { ...state, cursor }, CHUNK_SIZE);
    },
    toCells,
    personId: ({ id }) => id,
  });
  return chunks ? done(chunks) : refused(state.search ? "search-too-slow" : "list-too-slow");
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
