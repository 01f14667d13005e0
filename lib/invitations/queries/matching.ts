import { Prisma } from "@/lib/db/generated/client";
import type { InvitationColumn, InvitationListState, ListStatus } from "@/lib/invitations/list";

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

/** Open ones are always somebody's latest; it is said so that the indexes over the latest ones are considered too. */
const OPEN = Prisma.sql`i.latest AND i.settled_as IS NULL`;

/** Everything but the filters that are chosen beside the status: which indexes can be walked at all. */
export function ofKind(organizationId: string, status: ListStatus): Prisma.Sql {
  const kind =
    status === "open" || status === "pending" || status === "expired" ? OPEN : Prisma.sql`i.latest`;
  return Prisma.sql`i.organization_id = ${organizationId}::uuid AND ${kind}`;
}

/** What a row must fulfil to be on the page, the search aside: the filters, and its place after or before the cursor. */
export function onPage({ filters, sort, cursor }: InvitationListState): Prisma.Sql {
  const conditions = [Prisma.sql`true`];
  const { status, delivery, role, inviter } = filters;
  // By the clock of the database, and stable within the statement: a range of the index (R C1).
  if (status === "pending") conditions.push(Prisma.sql`i.expires_at > statement_timestamp()`);
  else if (status === "expired") conditions.push(Prisma.sql`i.expires_at <= statement_timestamp()`);
  else if (status !== "open" && status !== "all") conditions.push(Prisma.sql`i.settled_as = ${status}`);
  if (delivery) conditions.push(Prisma.sql`i.delivery = ${delivery}`);
  if (role) conditions.push(Prisma.sql`i.role = ${role}`);
  if (inviter) conditions.push(Prisma.sql`i.inviter_id = ${inviter}::uuid`);
  if (cursor) {
    const place = CASTS[sort.column].map((cast, at) => Prisma.sql`${cursor.keys[at]}::${cast}`);
    conditions.push(Prisma.sql`
      (${Prisma.join([...KEYS[sort.column], Prisma.sql`i.id`])})
      ${isAscending({ sort, cursor }) ? Prisma.sql`>` : Prisma.sql`<`}
      (${Prisma.join([...place, Prisma.sql`${cursor.id}::uuid`])})`);
  }
  return Prisma.join(conditions, " AND ");
}

/** The order to read in: towards the page before, it is the other way round. */
export function readingOrder({ sort, cursor }: Pick<InvitationListState, "sort" | "cursor">): Prisma.Sql {
  const direction = isAscending({ sort, cursor }) ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  const keys = [...KEYS[sort.column], Prisma.sql`i.id`].map((key) => Prisma.sql`${key} ${direction}`);
  return Prisma.join(keys);
}

function isAscending({ sort, cursor }: Pick<InvitationListState, "sort" | "cursor">): boolean {
  return (sort.direction === "ascending") !== (cursor?.side === "before");
}
