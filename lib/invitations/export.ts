import { type Actor, assertStillPermitted } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db/client";
import { CHUNK_SIZE, type CsvColumn, streamCsv } from "@/lib/db/csv-stream";
import type { InvitationListState } from "@/lib/invitations/list";
import type { InvitationListRefusal } from "@/lib/invitations/messages";
import { type InvitationRow, readInvitationPage } from "@/lib/invitations/queries/list";
import { INVITATION_STATUS_NAMES } from "@/lib/invitations/status";
import { DELIVERY_STATUS_NAMES } from "@/lib/mail/delivery-status";
import { ROLE_NAMES } from "@/lib/permissions/roles";
import { done, type Result, refused } from "@/lib/result/result";

type Inviter = { id: string; name: string; email: string };
type Row = InvitationRow & { inviter: string; inviterEmail: string };

/** The fields of a row that only its actions and its display need. */
type NotExported = "id" | "resendLimit" | "expiryDays" | "emailSuppression" | "undoUntil" | "now";

/** The columns in their order, by the field of the row that they show. */
const COLUMNS: Record<Exclude<keyof Row, NotExported>, CsvColumn<Row>> = {
  email: ["Email", ({ email }) => email],
  status: ["Status", ({ status }) => INVITATION_STATUS_NAMES[status]],
  role: ["Role", ({ role }) => ROLE_NAMES[role]],
  resendCount: ["Resends", ({ resendCount }) => String(resendCount)],
  issuedAt: ["Sent (UTC)", ({ issuedAt }) => issuedAt.toISOString()],
  expiresAt: ["Expires (UTC)", ({ expiresAt }) => expiresAt.toISOString()],
  settledAt: ["Ended (UTC)", ({ settledAt }) => settledAt?.toISOString() ?? ""],
  declineReason: ["Reason for declining", ({ declineReason }) => declineReason ?? ""],
  delivery: ["Delivery", ({ delivery }) => DELIVERY_STATUS_NAMES[delivery]],
  deliveryDetail: ["Delivery detail", ({ deliveryDetail }) => deliveryDetail ?? ""],
  inviter: ["Invited by", ({ inviter }) => inviter],
  inviterEmail: ["Email of who invited", ({ inviterEmail }) => inviterEmail],
  memberId: ["User id", ({ memberId }) => memberId],
};

/**
 * Streams all pages of the invitation list as CSV, with its search, filters and sort order (REQ-C9). The
 * columns come from the rows of the list, which contain no code and no link (REQ-C5).
 */
export async function exportInvitations(
  actor: Actor,
  state: InvitationListState,
): Promise<Result<AsyncGenerator<string, void>, InvitationListRefusal>> {
  const chunks = await streamCsv<Row, InvitationListState["cursor"]>({
    columns: Object.values(COLUMNS),
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
