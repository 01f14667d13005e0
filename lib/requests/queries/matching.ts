import { Prisma } from "@/lib/db/generated/client";
import { inPlace, type Key, type Keys } from "@/lib/db/keyset";
import type { RequestColumn, RequestListState } from "@/lib/requests/list";

const ID: Key = { column: Prisma.sql`r.id`, type: Prisma.sql`uuid` };

/** What each order compares; each list has its index (decision 0016). */
export const KEYS: Record<RequestColumn, Keys> = {
  email: [{ column: Prisma.sql`r.email`, type: Prisma.sql`text` }, ID],
  requested: [{ column: Prisma.sql`r.created_at`, type: Prisma.sql`timestamptz` }, ID],
};

/** Which indexes can be walked at all. What nobody confirmed is never among them (REQ-E2). */
export function ofKind(organizationId: string, { status }: RequestListState["filters"]): Prisma.Sql {
  const kinds: Record<typeof status, Prisma.Sql> = {
    open: Prisma.sql`r.status = 'pending'`,
    pending: Prisma.sql`r.status = 'pending' AND r.stale = false`,
    stale: Prisma.sql`r.status = 'pending' AND r.stale = true`,
    approved: Prisma.sql`r.status = 'approved' AND r.status IN ('approved', 'dismissed')`,
    dismissed: Prisma.sql`r.status = 'dismissed' AND r.status IN ('approved', 'dismissed')`,
    all: Prisma.sql`r.status IN ('pending', 'approved', 'dismissed')`,
  };
  return Prisma.sql`r.organization_id = ${organizationId}::uuid AND ${kinds[status]}`;
}

/** Its place after or before the cursor. */
export function onPage(state: RequestListState): Prisma.Sql {
  return inPlace(KEYS[state.sort.column], state);
}
