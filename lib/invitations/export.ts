import { type Actor, assertStillPermitted } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db/client";
import { CHUNK_SIZE, streamCsv } from "@/lib/db/csv-stream";
import type { InvitationListState } from "@/lib/invitations/list";
import type { InvitationListRefusal } from "@/lib/invitations/messages";
import { type InvitationRow, readInvitationPage } from "@/lib/invitations/queries/list";
import { INVITATION_STATUS_NAMES } from "@/lib/invitations/status";
import { DELIVERY_STATUS_NAMES } from "@/lib/mail/delivery-status";
import { ROLE_NAMES } from "@/lib/permissions/roles";
import { done, type Result, refused } from "@/lib/result/result";

const CSV_HEADER = [
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
 * Streams all pages of the invitation list as CSV, with its search, filters and sort order (REQ-C9). The
 * columns come from the rows of the list, which contain no code and no link (REQ-C5).
 */
export async function exportInvitations(
  actor: Actor,
  state: InvitationListState,
): Promise<Result<AsyncGenerator<string, void>, InvitationListRefusal>> {
  const chunks = await streamCsv<Row, InvitationListState["cursor"]>({
    header: CSV_HEADER,
    read: async (tx, cursor) => {
      await assertStillPermitted(tx, actor, "invitations:read");
      const { rows, next } = await readInvitationPage(tx, actor, { ...state, cursor }, CHUNK_SIZE);
      const inviters = await findInvitersByIds(
        tx,
        actor,
        rows.flatMap(({ inviterId }) => inviterId ?? []),
      );
      return { rows: rows.map((row) => ({ ...row, inviter: inviters.get(row.inviterId ?? "") })), next };
    },
    toCells,
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

function toCells(row: Row): string[] {
  return [
    row.email,
    INVITATION_STATUS_NAMES[row.status],
    ROLE_NAMES[row.role],
    String(row.resendCount),
    row.issuedAt.toISOString(),
    row.expiresAt.toISOString(),
    row.settledAt?.toISOString() ?? "",
    row.declineReason ?? "",
    DELIVERY_STATUS_NAMES[row.delivery],
    row.deliveryDetail ?? "",
    row.inviter?.name ?? "",
    row.inviter?.email ?? "",
    row.memberId,
  ];
}
