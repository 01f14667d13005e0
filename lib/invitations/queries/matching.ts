import { Prisma } from "@/lib/db/generated/client";
import type { InvitationColumn, InvitationListState } from "@/lib/invitations/list";

/** What each order compares before the id; each list has its index (decision 0016). */
const KEYS: Record<InvitationColumn, readonly Prisma.Sql[]> = {
  email: [Prisma.sql`i.email`],
  status: [Prisma.sql`i.expires_at`],
  role: [Prisma.sql`i.role`, Prisma.sql`i.expires_at`],
  resends: [Prisma.sql`i.resend_count`, Prisma.sql`i.expires_at`],
  sent: [Prisma.sql`i.issued_at`],
};

const CASTS: Record<InvitationColumn, readonly Prisma.Sql[]> = {
  email: [Prisma.sql`text`],
  status: [Prisma.sql`timestamptz`],
  role: [Prisma.sql`text`, Prisma.sql`timestamptz`],
  resends: [Prisma.sql`smallint`, Prisma.sql`timestamptz`],
  sent: [Prisma.sql`timestamptz`],
};

type Place = Pick<InvitationListState, "sort" | "cursor">;

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
export function onPage({ filters, sort, cursor }: InvitationListState): Prisma.Sql {
  const conditions = [Prisma.sql`true`];
  const { status, delivery, role, inviter } = filters;
  if (status === "pending" || status === "expired") conditions.push(inTerm(status, { sort, cursor }));
  else if (status !== "open" && status !== "all") conditions.push(Prisma.sql`i.settled_as = ${status}`);
  if (delivery) conditions.push(Prisma.sql`i.delivery = ${delivery}`);
  if (role) conditions.push(Prisma.sql`i.role = ${role}`);
  if (inviter) conditions.push(Prisma.sql`i.inviter_id = ${inviter}::uuid`);
  if (cursor) {
    const place = CASTS[sort.column].map((cast, at) => Prisma.sql`${cursor.keys[at]}::${cast}`);
    conditions.push(Prisma.sql`
      (${Prisma.join([...orderKeys(sort)])})
      ${isAscending({ sort, cursor }) ? Prisma.sql`>` : Prisma.sql`<`}
      (${Prisma.join([...place, Prisma.sql`${cursor.id}::uuid`])})`);
  }
  return Prisma.join(conditions, " AND ");
}

/** Pending or expired by the clock of the database, which stands still within the statement: a range of the index (R C1). */
function inTerm(status: "pending" | "expired", { sort, cursor }: Place): Prisma.Sql {
  const bounds = status === "pending" ? "from below" : "from above";
  const cursorBounds =
    cursor && sort.column === "status" && (isAscending({ sort, cursor }) ? "from below" : "from above");
  // Of two bounds on the same side PostgreSQL begins at either, and would walk from now to a cursor deep inside. The
  // cursor is the closer one, so the other is put in words that no index answers.
  if (bounds === cursorBounds)
    return status === "pending"
      ? Prisma.sql`i.expires_at - statement_timestamp() > interval '0'`
      : Prisma.sql`i.expires_at - statement_timestamp() <= interval '0'`;
  return status === "pending"
    ? Prisma.sql`i.expires_at > statement_timestamp()`
    : Prisma.sql`i.expires_at <= statement_timestamp()`;
}

/** The columns that an order compares, the id last. */
export function orderKeys({ column }: InvitationListState["sort"]): readonly Prisma.Sql[] {
  return [...KEYS[column], Prisma.sql`i.id`];
}

/** The order to read in: towards the page before, it is the other way round. */
export function readingOrder({ sort, cursor }: Place): Prisma.Sql {
  const direction = isAscending({ sort, cursor }) ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  const keys = orderKeys(sort).map((key) => Prisma.sql`${key} ${direction}`);
  return Prisma.join(keys);
}

function isAscending({ sort, cursor }: Place): boolean {
  return (sort.direction === "ascending") !== (cursor?.side === "before");
}
