import { type Actor, assertStillPermitted } from "@/lib/auth/actor";
import { CHUNK_SIZE, type CsvColumn, streamCsv } from "@/lib/db/csv-stream";
import { timestampFormat } from "@/lib/i18n/format";
import { translationFor } from "@/lib/i18n/translation";
import type { UserListState } from "@/lib/members/list";
import type { UserListRefusal } from "@/lib/members/messages";
import { readUsers, type UserRow } from "@/lib/members/queries/list";
import { done, type Result, refused } from "@/lib/result/result";

const { t } = translationFor("en");

/** The columns in their order, by the field of the row that they show. */
type Columns = Record<Exclude<keyof UserRow, "emailSuppression" | "now">, CsvColumn<UserRow>>;

function columnsIn(timeZone: string): Columns {
  const format = timestampFormat(timeZone);
  return {
    name: [t("admin.users.export.name"), ({ name }) => name],
    email: [t("admin.users.export.email"), ({ email }) => email],
    role: [t("admin.users.export.role"), ({ role }) => t(`common.roles.${role}`)],
    policies: [t("admin.users.export.policies"), ({ policies }) => policies.join("; ")],
    status: [t("admin.users.export.status"), ({ status }) => t(`admin.users.status.${status}`)],
    addressConfirmed: [
      t("admin.users.export.addressConfirmed"),
      ({ addressConfirmed }) => t(addressConfirmed ? "admin.users.export.yes" : "admin.users.export.no"),
    ],
    lastActiveAt: [
      t("admin.users.export.lastActive", { timeZone }),
      ({ lastActiveAt }) => (lastActiveAt ? format(lastActiveAt) : ""),
    ],
    invitation: [
      t("admin.users.export.invitationExpires", { timeZone }),
      ({ invitation }) => (invitation ? format(invitation.expiresAt) : ""),
    ],
    id: [t("admin.users.export.id"), ({ id }) => id],
  };
}

/** Exports all pages of the list of users as CSV, with the list's search, filters and order (REQ-C9). */
export async function exportUsers(
  actor: Actor,
  state: UserListState,
): Promise<Result<AsyncGenerator<string, void>, UserListRefusal>> {
  const chunks = await streamCsv<UserRow, UserListState["cursor"]>({
    columns: Object.values(columnsIn(actor.organization.timeZone)),
    read: async (tx, cursor) => {
      await assertStillPermitted(tx, actor, "users:read");
      return readUsers(tx, actor, { ...state, cursor }, CHUNK_SIZE);
    },
    personId: ({ id }) => id,
  });
  return chunks ? done(chunks) : refused(state.search ? "search-too-slow" : "list-too-slow");
}
