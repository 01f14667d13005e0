"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { createContext, type ReactNode, use, useCallback, useMemo, useState } from "react";
import { type Fresh, layOver, personOf } from "@/components/members/lay-over";
import type { InvitationRow } from "@/lib/invitations/queries/list";
import type { UserRow } from "@/lib/members/queries/list";
import type { RequestRow } from "@/lib/requests/queries/list";

type Rows = { invitations: InvitationRow[]; users: UserRow[]; requests: RequestRow[] };
type FreshRowsOf = { [List in keyof Rows]: Fresh<Rows[List][number]>[] };

const Context = createContext<FreshRowsOf & { add: (rows: Partial<Rows>) => void }>({
  invitations: [],
  users: [],
  requests: [],
  add: () => {},
});

/**
 * Holds the rows that an action has just made or changed, so that the lists show them at once: an update that is left
 * to the framework's revalidation sometimes never paints.
 */
export function FreshRows({ children }: { children: ReactNode }) {
  const [rows, setRows] = useState<FreshRowsOf>({ invitations: [], users: [], requests: [] });
  const at = useAddress();
  const add = useCallback(
    (more: Partial<Rows>) =>
      setRows((known) => ({
        invitations: withNewer(known.invitations, more.invitations ?? [], at),
        users: withNewer(known.users, more.users ?? [], at),
        requests: withNewer(known.requests, more.requests ?? [], at),
      })),
    [at],
  );
  const value = useMemo(() => ({ ...rows, add }), [rows, add]);
  return <Context value={value}>{children}</Context>;
}

export function useAddRows(): (rows: Partial<Rows>) => void {
  return use(Context).add;
}

/** The page's rows with what was just made on top and what was just changed in place (`layOver`). */
export function useWithFresh<List extends keyof Rows>(
  rows: readonly Rows[List][number][],
  list: List,
): Rows[List][number][] {
  const at = useAddress();
  const fresh = use(Context)[list] as Fresh<Rows[List][number]>[];
  const [first, setFirst] = useState({ at, rows });
  if (first.at !== at) setFirst({ at, rows });
  return layOver(rows, first.rows, fresh, at);
}

function withNewer<Row extends { id: string; memberId?: string }>(
  known: Fresh<Row>[],
  more: readonly Row[],
  at: string,
): Fresh<Row>[] {
  const kept = known.filter(({ row }) => !more.some((newer) => personOf(newer) === personOf(row)));
  return [...more.map((row) => ({ row, at })), ...kept];
}

/** Which list is shown, and what it was asked for. */
function useAddress(): string {
  return `${usePathname()}?${useSearchParams()}`;
}
