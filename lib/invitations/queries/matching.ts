import { Prisma } from "@/lib/db/generated/client";
import { bound, inPlace, type Key, type Keys, NOW } from "@/lib/db/keyset";
import type { InvitationColumn, InvitationListState } from "@/lib/invitations/list";

const ID: Key = { column: Prisma.sql`i.id`, type: Prisma.sql`uuid` };
const EXPIRY: Key = { column: Prisma.sql`i.expires_at`, type: Prisma.sql`timestamptz` };

/** What each order compares; each list has its index (decision 0016). */
export const KEYS: Record<InvitationColumn, Keys> = {
  email: [{ column: Prisma.sql`i.email`, type: Prisma.sql`text` }, ID],
  status: [EXPIRY, ID],
  role: [{ column: Prisma.sql`i.role`, type: Prisma.sql`text` }, EXPIRY, ID],
  resends: [{ column: Prisma.sql`i.resend_count`, type: Prisma.sql`smallint` }, EXPIRY, ID],
  sent: [{ column: Prisma.sql`i.issued_at`, type: Prisma.sql`timestamptz` }, ID],
};

/** The open ones, or the latest of everybody: which indexes can be walked at all. */
export function ofKind(
  organizationId: string,
  { status, inviter }: InvitationListState["filters"],
): Prisma.Sql {
  const isOpen = status === "open" || status === "pending" || status === "expired";
  // Open ones are always somebody's latest. The index by inviter holds the latest, which PostgreSQL cannot conclude.
  const kind = isOpen
    ? Prisma.sql`i.settled_as IS NULL ${inviter ? Prisma.sql`AND i.latest` : Prisma.empty}`
    : Prisma.sql`i.latest`;
  return Prisma.sql`i.organization_id = ${organizationId}::uuid AND ${kind}`;
}

/** What a row must fulfil to be on the page, the search aside: the filters, and its place after or before the cursor. */
export function onPage(state: InvitationListState): Prisma.Sql {
  const conditions = [inPlace(KEYS[state.sort.column], state)];
  const { status, delivery, role, inviter } = state.filters;
  // Pending or expired by the clock: a range of the order of expiry (REQ-C1).
  const place = { ...state, isSorted: state.sort.column === "status" };
  if (status === "pending") conditions.push(bound(EXPIRY.column, "after", NOW, place));
  else if (status === "expired") conditions.push(bound(EXPIRY.column, "until", NOW, place));
  else if (status !== "open" && status !== "all") conditions.push(Prisma.sql`i.settled_as = ${status}`);
  if (delivery) conditions.push(Prisma.sql`i.delivery = ${delivery}`);
  if (role) conditions.push(Prisma.sql`i.role = ${role}`);
  if (inviter) conditions.push(Prisma.sql`i.inviter_id = ${inviter}::uuid`);
  return Prisma.join(conditions, " AND ");
}
