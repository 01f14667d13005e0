"use client";

import { usePathname, useSearchParams } from "next/navigation";
import {
  createContext,
  type ReactNode,
  type RefObject,
  use,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { type Fresh, layOver, personOf, withFollowed, withNewer } from "@/components/members/lay-over";
import type { InvitationRow } from "@/lib/invitations/queries/list";
import type { UserRow } from "@/lib/members/queries/list";
import type { RequestRow } from "@/lib/requests/queries/list";

/** As many as one look asks for: a page, and a few lists that were added since. */
const MOST_FOLLOWED = 500;

type Followed = { invitations: InvitationRow[]; users: UserRow[] };
type Rows = Followed & { requests: RequestRow[] };
type FreshRowsOf = { [List in keyof Rows]: Fresh<Rows[List][number]>[] };

type Kept = FreshRowsOf & {
  add: (rows: Partial<Rows>) => void;
  follow: (rows: Followed) => void;
  /** The members whose rows are on screen. */
  shown: RefObject<readonly string[]>;
};

const Context = createContext<Kept>({
  invitations: [],
  users: [],
  requests: [],
  add: () => {},
  follow: () => {},
  shown: { current: [] },
});

/**
 * Holds the rows that an action has just made or changed, so that the lists show them at once: an update that is left
 * to the framework's revalidation sometimes never paints. What others change is laid over the same way.
 */
export function FreshRows({ children }: { children: ReactNode }) {
  const [rows, setRows] = useState<FreshRowsOf>({ invitations: [], users: [], requests: [] });
  const shown = useRef<readonly string[]>([]);
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
  const follow = useCallback(
    (more: Followed) =>
      setRows((known) => ({
        ...known,
        invitations: withFollowed(known.invitations, more.invitations),
        users: withFollowed(known.users, more.users),
      })),
    [],
  );
  const value = useMemo(() => ({ ...rows, add, follow, shown }), [rows, add, follow]);
  return <Context value={value}>{children}</Context>;
}

export function useAddRows(): (rows: Partial<Rows>) => void {
  return use(Context).add;
}

/** For whoever keeps the rows true: which members are on screen, and where their newer rows go. */
export function useFollow(): { shown: () => string[]; follow: (rows: Followed) => void } {
  const { shown, follow } = use(Context);
  return { shown: () => shown.current.slice(0, MOST_FOLLOWED), follow };
}

/** The page's rows with what was just made on top and what was just changed in place (`layOver`). */
export function useWithFresh<List extends keyof Rows>(
  rows: readonly Rows[List][number][],
  list: List,
): Rows[List][number][] {
  const at = useAddress();
  const { shown, ...kept } = use(Context);
  const fresh = kept[list] as Fresh<Rows[List][number]>[];
  const [first, setFirst] = useState({ at, rows });
  if (first.at !== at) setFirst({ at, rows });
  const laid = layOver(rows, first.rows, fresh, at);
  useEffect(() => {
    // A request is of somebody who may have no place here.
    shown.current = list === "requests" ? [] : laid.map(personOf);
  });
  return laid;
}

/** Which list is shown, and what it was asked for. */
function useAddress(): string {
  return `${usePathname()}?${useSearchParams()}`;
}
