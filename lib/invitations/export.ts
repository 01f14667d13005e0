import { type Actor, assertStillPermitted } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db/client";
import { CHUNK_SIZE, type CsvColumn, streamCsv } from "@/lib/db/csv-stream";
import { timestampFormat } from "@/lib/i18n/format";
import { translationFor } from "@/lib/i18n/translation";
import type { InvitationListState } from "@/lib/invitations/list";
import type { InvitationListRefusal } from "@/lib/invitations/messages";
import { type InvitationRow, readInvitationPage } from "@/lib/invitations/queries/list";
import { done, type Result, refused } from "@/lib/result/result";

/** Exports are in English, like the admin. */
const { t } = translationFor("en");

type Inviter = { id: string; name: string; email: string };
type Row = InvitationRow & { inviter: string; inviterEmail: string };

/** The fields of a row that only its actions and its display need. */
type NotExported = "id" | "resendLimit" | "expiryDays" | "emailSuppression" | "undoUntil" | "now";

/** The columns in their order, by the field of the row that they show. */
function columnsIn(timeZone: string): Record<Exclude<keyof Row, NotExported>, CsvColumn<Row>> {
  const format = timestampFormat(timeZone);
  return {
    email: [t("admin.invitations.export.columns.email"), ({ email }) => email],
    name: [t("admin.invitations.export.columns.name"), ({ name }) => name],
    status: [
      t("admin.invitations.export.columns.status"),
      ({ status }) => t(`admin.invitations.status.${status}`),
    ],
    role: [t("admin.invitations.export.columns.role"), ({ role }) => t(`common.roles.${role}`)],
    resendCount: [t("admin.invitations.export.columns.resends"), ({ resendCount }) => String(resendCount)],
    issuedAt: [t("admin.invitations.export.columns.sent", { timeZone }), ({ issuedAt }) => format(issuedAt)],
    expiresAt: [
      t("admin.invitations.export.columns.expires", { timeZone }),
      ({ expiresAt }) => format(expiresAt),
    ],
    settledAt: [
      t("admin.invitations.export.columns.closed", { timeZone }),
      ({ settledAt }) => (settledAt ? format(settledAt) : ""),
    ],
    declineReason: [
      t("admin.invitations.export.columns.declineReason"),
      ({ declineReason }) => declineReason ?? "",
    ],
    delivery: [
      t("admin.invitations.export.columns.delivery"),
      ({ delivery }) => t(`admin.delivery.status.${delivery}`),
    ],
    deliveryDetail: [
      t("admin.invitations.export.columns.deliveryDetail"),
      ({ deliveryDetail }) => deliveryDetail ?? "",
    ],
    inviter: [t("admin.invitations.export.columns.inviter"), ({ inviter }) => inviter],
    inviterEmail: [t("admin.invitations.export.columns.inviterEmail"), ({ inviterEmail }) => inviterEmail],
    memberId: [t("admin.invitations.export.columns.userId"), ({ memberId }) => memberId],
  };
}

/**
 * Streams all pages of the invitation list as CSV, with its search, filters and sort order (REQ-C9). The
 * columns come from the rows of the list, which contain no code and no link (REQ-C5).
 */
export async function exportInvitations(
  actor: Actor,
  state: InvitationListState,
): Promise<Result<AsyncGenerator<string, void>, InvitationListRefusal>> {
  const chunks = await streamCsv<Row, InvitationListState["cursor"]>({
    columns: Object.values(columnsIn(actor.organization.timeZone)),
    read: async (tx, cursor) => {
      await assertStillPermitted(tx, actor, "invitations:read");
      const { rows, next } = await readInvitationPage(tx, actor, { ...state, cursor }, CHUNK_SIZE);
      const inviters = await findInvitersByIds(
        tx,
        actor,
        rows.flatMap(({ inviterId }) => inviterId ?? []),
      );
      const withInviter = (row: (typeof rows)[number]): Row => {
        const inviter = inviters.get(row.inviterId ?? "");
        return { ...row, inviter: inviter?.name ?? "", inviterEmail: inviter?.email ?? "" };
      };
      return { rows: rows.map(withInviter), next };
    },
    personId: ({ memberId }) => memberId,
  });
  return chunks ? done(chunks) : refused(state.search ? "search-too-slow" : "list-too-slow");
}

async function findInvitersByIds(
  tx: Tx,
  actor: Actor,
  ids: readonly string[],
): Promise<Map<string, Inviter>> {
  const inviters = await tx.member.findMany({
    where: { organizationId: actor.organization.id, id: { in: [...new Set(ids)] } },
    select: { id: true, name: true, email: true },
  });
  return new Map(inviters.map((inviter) => [inviter.id, inviter]));
}
