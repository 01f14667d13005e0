import { type Actor, assertStillMay } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db/client";
import { csvPieces, PIECE } from "@/lib/db/csv-stream";
import type { InvitationListState } from "@/lib/invitations/list";
import type { ListRefusal } from "@/lib/invitations/messages";
import { type InvitationRow, readInvitations } from "@/lib/invitations/queries/list";
import { STATUS_NAMES } from "@/lib/invitations/status";
import { DELIVERY_NAMES } from "@/lib/mail/states";
import { ROLE_NAMES } from "@/lib/permissions/roles";
import { done, type Result, refused } from "@/lib/result/result";

const HEADER = [
  "Email",
  "Status",
  "Role",
  "Resends",
  "Sent (UTC)",
  "Expires (UTC)",
  "Ended (UTC)",
  "Reason for declining",
  "Delivery",
  "Delivery detail",
  "Invited by",
  "Email of who invited",
  "User id",
];

type Inviter = { id: string; name: string; email: string };
type Row = InvitationRow & { inviter: Inviter | undefined };

/**
 * What the list of invitations shows, all pages of it, as CSV (REQ-C9): search, filters and order are the list's. Rows are
 * made from the list's own, which hold no code and no link (REQ-C5).
 */
export async function exportInvitations(
  actor: Actor,
  state: InvitationListState,
): Promise<Result<AsyncGenerator<string, void>, ListRefusal>> {
  const pieces = await csvPieces<Row, InvitationListState["cursor"]>({
    header: HEADER,
    read: async (tx, cursor) => {
      await assertStillMay(tx, actor, "invitations:read");
      const { rows, next } = await readInvitations(tx, actor, { ...state, cursor }, PIECE);
      const inviters = await findInviters(
        tx,
        actor,
        rows.flatMap(({ inviterId }) => inviterId ?? []),
      );
      return { rows: rows.map((row) => ({ ...row, inviter: inviters.get(row.inviterId ?? "") })), next };
    },
    toCells,
    person: ({ memberId }) => memberId,
  });
  return pieces ? done(pieces) : refused(state.search ? "search-too-slow" : "list-too-slow");
}

async function findInviters(tx: Tx, actor: Actor, ids: readonly string[]): Promise<Map<string, Inviter>> {
  const inviters = await tx.member.findMany({
    where: { organizationId: actor.organization.id, id: { in: [...new Set(ids)] } },
    select: { id: true, name: true, email: true },
  });
  return new Map(inviters.map((one) => [one.id, one]));
}

function toCells(row: Row): string[] {
  return [
    row.email,
    STATUS_NAMES[row.status],
    ROLE_NAMES[row.role],
    String(row.resendCount),
    row.issuedAt.toISOString(),
    row.expiresAt.toISOString(),
    row.settledAt?.toISOString() ?? "",
    row.declineReason ?? "",
    DELIVERY_NAMES[row.delivery],
    row.deliveryDetail ?? "",
    row.inviter?.name ?? "",
    row.inviter?.email ?? "",
    row.memberId,
  ];
}
