"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { createContext, type ReactNode, use, useCallback, useMemo, useState } from "react";
import type { InvitationRow } from "@/lib/invitations/queries/list";
import type { UserRow } from "@/lib/members/queries";

type Rows = { invitations: InvitationRow[]; users: UserRow[] };
type Fresh = { rows: Rows; address: string };

const Context = createContext<{ fresh: readonly Fresh[]; add: (rows: Rows) => void }>({
  fresh: [],
  add: () => {},
});

/**
 * Holds the rows that an action has just made or changed, so that both lists show them at once: an update that is left
 * to the framework's revalidation sometimes never paints.
 */
export function FreshRows({ children }: { children: ReactNode }) {
  const [fresh, setFresh] = useState<readonly Fresh[]>([]);
  const address = useAddress();
  const add = useCallback((rows: Rows) => setFresh((known) => [{ rows, address }, ...known]), [address]);
  const value = useMemo(() => ({ fresh, add }), [fresh, add]);
  return <Context value={value}>{children}</Context>;
}

export function useAddRows(): (rows: Rows) => void {
  return use(Context).add;
}

/**
 * The page's rows, each in its newest reading; what was made on this very page and is not among them stands on top.
 * A person has one row, whichever invitation is the latest.
 */
export function useWithFresh<List extends keyof Rows>(
  rows: readonly Rows[List][number][],
  list: List,
): Rows[List][number][] {
  type Row = Rows[List][number];
  const { fresh } = use(Context);
  const address = useAddress();
  const newest = new Map<string, { row: Row; here: boolean }>();
  for (const { rows: some, address: from } of fresh)
    for (const row of some[list] as Row[]) {
      const known = newest.get(personOf(row));
      if (!known || known.row.now < row.now) newest.set(personOf(row), { row, here: from === address });
    }
  const shown = new Set(rows.map(personOf));
  const added = [...newest.values()].filter(({ row, here }) => here && !shown.has(personOf(row)));
  return [
    ...added.map(({ row }) => row),
    ...rows.map((row) => {
      const other = newest.get(personOf(row))?.row;
      return other && other.now > row.now ? other : row;
    }),
  ];
}

function personOf(row: InvitationRow | UserRow): string {
  return "memberId" in row ? row.memberId : row.id;
}

function useAddress(): string {
  return `${usePathname()}?${useSearchParams()}`;
}
