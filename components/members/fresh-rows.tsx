"use client";

import { createContext, type ReactNode, use, useCallback, useMemo, useState } from "react";
import type { InvitationRow } from "@/lib/invitations/queries/list";
import type { UserRow } from "@/lib/members/queries";

type Rows = { invitations: InvitationRow[]; users: UserRow[] };

const Fresh = createContext<Rows & { add: (rows: Rows) => void }>({
  invitations: [],
  users: [],
  add: () => {},
});

/**
 * Holds the rows that an action has just made or changed, so that both lists show them at once: an update that is left
 * to the framework's revalidation sometimes never paints.
 */
export function FreshRows({ children }: { children: ReactNode }) {
  const [rows, setRows] = useState<Rows>({ invitations: [], users: [] });
  const add = useCallback(
    (more: Rows) =>
      setRows((known) => ({
        invitations: [...more.invitations, ...known.invitations],
        users: [...more.users, ...known.users],
      })),
    [],
  );
  const value = useMemo(() => ({ ...rows, add }), [rows, add]);
  return <Fresh value={value}>{children}</Fresh>;
}

export function useAddRows(): (rows: Rows) => void {
  return use(Fresh).add;
}

/** The page's rows with what was just made on top; the newer reading of a row wins. */
export function useWithFresh<Row extends { id: string; now: Date }>(
  rows: readonly Row[],
  list: "invitations" | "users",
): Row[] {
  const fresh = use(Fresh)[list] as unknown as Row[];
  const known = new Map(rows.map((row) => [row.id, row]));
  const added = fresh.filter((row) => !known.has(row.id));
  const newer = new Map(fresh.map((row) => [row.id, row]));
  const shown = rows.map((row) => {
    const other = newer.get(row.id);
    return other && other.now > row.now ? other : row;
  });
  return [...added, ...shown];
}
