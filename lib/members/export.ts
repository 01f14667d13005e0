import { type Actor, assertStillPermitted } from "@/lib/auth/actor";
import { CHUNK_SIZE, type CsvColumn, streamCsv } from "@/lib/db/csv-stream";
import type { UserListState } from "@/lib/members/list";
import type { UserListRefusal } from "@/lib/members/messages";
import { readUsers, type UserRow } from "@/lib/members/queries/list";
import { USER_STATUS_NAMES } from "@/lib/members/status";
import { ROLE_NAMES } from "@/lib/permissions/roles";
import { done, type Result, refused } from "@/lib/result/result";

/** The columns in their order, by the field of the row that they show. */
const COLUMNS: Record<Exclude<keyof UserRow, "emailSuppression" | "now">, CsvColumn<UserRow>> = {
  name: ["Name", ({ name }) => name],
  email: ["Email", ({ email }) => email],
  role: ["Role", ({ role }) => ROLE_NAMES[role]],
  policies: ["Policies", ({ policies }) => policies.join("; ")],
  status: ["Status", ({ status }) => USER_STATUS_NAMES[status]],
  addressConfirmed: ["Address confirmed", ({ addressConfirmed }) => (addressConfirmed ? "yes" : "no")],
  lastActiveAt: ["Last active (UTC)", ({ lastActiveAt }) => lastActiveAt?.toISOString() ?? ""],
  invitation: ["Invitation expires (UTC)", ({ invitation }) => invitation?.expiresAt.toISOString() ?? ""],
  id: ["User id", ({ id }) => id],
};

/** Exports all pages of the list of users as CSV, with the list's search, filters and order (REQ-C9). */
export async function exportUsers(
  actor: Actor,
  state: UserListState,
): Promise<Result<AsyncGenerator<string, void>, UserListRefusal>> {
  const chunks = await streamCsv<UserRow, UserListState["cursor"]>({
    columns: Object.values(COLUMNS),
    read: async (tx, cursor) => {
      await assertStillPermitted(tx, actor, "users:read");
      return readUsers(tx, actor, { ...state, cursor }, CHUNK_SIZE);
    },
    personId: ({ id }) => id,
  });
  return chunks ? done(chunks) : refused(state.search ? "search-too-slow" : "list-too-slow");
}
