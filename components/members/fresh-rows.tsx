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
import type { Arrivals, OpenList } from "@/lib/admin/queries/new-rows";
import type { TabCounts } from "@/lib/admin/queries/tab-counts";
import type { InvitationRow } from "@/lib/invitations/queries/list";
import type { UserRow } from "@/lib/members/queries/list";
import type { RequestRow } from "@/lib/requests/queries/list";

/** As many as one look asks for: a page, and a few lists that were added since. */
const MOST_FOLLOWED = 500;

type Rows = { invitations: InvitationRow[]; users: UserRow[]; requests: RequestRow[] };
type FreshRowsOf = { [List in keyof Rows]: Fresh<Rows[List][number]>[] };

/** What is on screen: the rows of which list, or of one user's profile. */
type OnScreen = { members: readonly string[]; requests: readonly string[]; list: OpenList | null };

const NOTHING: OnScreen = { members: [], requests: [], list: null };

type Kept = FreshRowsOf & {
  add: (rows: Partial<Rows>) => void;
  /** How often something was added: the counts are another by then. */
  added: number;
  follow: (current: Current, asked: OnScreen) => void;
  onScreen: RefObject<OnScreen>;
  /** What the tabs count by now; null: as the page says. */
  counts: TabCounts | null;
  /** Who has come into the open list and is not shown yet. */
  arrivals: Arrivals;
  forgetArrivals: () => void;
};

/** What a look at what is on screen has brought. */
type Current = { rows: Rows; counts: TabCounts | null; arrivals: Arrivals | null };

const NOBODY: Arrivals = { invitations: [], users: [], requests: [] };

const Context = createContext<Kept>({
  ...{ invitations: [], users: [], requests: [] },
  add: () => {},
  added: 0,
  follow: () => {},
  onScreen: { current: NOTHING },
  counts: null,
  arrivals: NOBODY,
  forgetArrivals: () => {},
});

/**
 * Holds the rows that an action has just made or changed, so that the lists show them at once: an update that is left
 * to the framework's revalidation sometimes never paints. What others change is laid over the same way.
 */
export function FreshRows({ children }: { children: ReactNode }) {
  const [rows, setRows] = useState<FreshRowsOf>({ invitations: [], users: [], requests: [] });
  const [counts, setCounts] = useState<TabCounts | null>(null);
  const [arrivals, setArrivals] = useState(NOBODY);
  const onScreen = useRef(NOTHING);
  const at = useAddress();
  const [added, setAdded] = useState(0);
  const add = useCallback(
    (more: Partial<Rows>) => {
      setRows((known) => ({
        invitations: withNewer(known.invitations, more.invitations ?? [], at),
        users: withNewer(known.users, more.users ?? [], at),
        requests: withNewer(known.requests, more.requests ?? [], at),
      }));
      setAdded((times) => times + 1);
    },
    [at],
  );
  const follow = useCallback((current: Current, asked: OnScreen) => {
    setRows((known) => ({
      invitations: withFollowed(known.invitations, current.rows.invitations),
      users: withFollowed(known.users, current.rows.users),
      requests: withFollowed(known.requests, current.rows.requests),
    }));
    if (current.counts) setCounts(current.counts);
    // The list may be another by now, or hold them already.
    const { list, members, requests } = onScreen.current;
    if (!current.arrivals || !isSame(list, asked.list)) return;
    const isNew = (row: { id: string; memberId?: string }) =>
      ![...members, ...requests].includes(personOf(row));
    setArrivals({
      invitations: current.arrivals.invitations.filter(isNew),
      users: current.arrivals.users.filter(isNew),
      requests: current.arrivals.requests.filter(isNew),
    });
  }, []);
  const forgetArrivals = useCallback(() => setArrivals(NOBODY), []);
  const value = useMemo(
    () => ({ ...rows, add, added, follow, onScreen, counts, arrivals, forgetArrivals }),
    [rows, add, added, follow, counts, arrivals, forgetArrivals],
  );
  return <Context value={value}>{children}</Context>;
}

export function useAddRows(): (rows: Partial<Rows>) => void {
  return use(Context).add;
}

/** For whoever keeps what is on screen true: what that is, where its news goes, and how often something was done here. */
export function useFollow(): { shown: () => Asked; follow: Kept["follow"]; added: number } {
  const { onScreen, follow, added } = use(Context);
  const shown = () => {
    const { members, requests, list } = onScreen.current;
    return { members: members.slice(0, MOST_FOLLOWED), requests: requests.slice(0, MOST_FOLLOWED), list };
  };
  return { shown, follow, added };
}

type Asked = { members: string[]; requests: string[]; list: OpenList | null };

/** Whoever has come into the open list meanwhile: how many, and putting them on top of it. */
export function useArrivals(): { count: number; show: () => void } {
  const { arrivals, forgetArrivals, add } = use(Context);
  const count = arrivals.invitations.length + arrivals.users.length + arrivals.requests.length;
  const show = () => {
    add(arrivals);
    forgetArrivals();
  };
  return { count, show };
}

/** The page's counts, or those of a later look: whichever came last. */
export function useNewestCounts(page: TabCounts): TabCounts {
  const { counts } = use(Context);
  const [before, setBefore] = useState({ page, counts });
  if (before.page !== page) setBefore({ page, counts });
  return before.counts !== counts && counts ? counts : page;
}

/** The page's rows with what was just made on top and what was just changed in place (`layOver`). */
export function useWithFresh<List extends keyof Rows>(
  rows: readonly Rows[List][number][],
  list: List,
): Rows[List][number][] {
  const { onScreen, forgetArrivals } = use(Context);
  const query = useSearchParams().toString();
  const laid = useLaidOver(rows, list);
  const since = rows[0]?.now ?? null;
  useEffect(() => {
    const ids = laid.map(personOf);
    onScreen.current = {
      members: list === "requests" ? [] : ids,
      requests: list === "requests" ? ids : [],
      list: { name: list, query, since },
    };
  });
  // A list that was read again holds whoever came before.
  const asked = `${list} ${query} ${since?.getTime()}`;
  useEffect(() => {
    if (asked) forgetArrivals();
  }, [asked, forgetArrivals]);
  return laid;
}

/** One user as they are by now, on a page that is theirs alone. */
export function useNewest(user: UserRow): UserRow {
  const { onScreen } = use(Context);
  useEffect(() => {
    onScreen.current = { ...NOTHING, members: [user.id] };
  });
  return useLaidOver([user], "users").find(({ id }) => id === user.id) ?? user;
}

function useLaidOver<List extends keyof Rows>(
  rows: readonly Rows[List][number][],
  list: List,
): Rows[List][number][] {
  const at = useAddress();
  const fresh = use(Context)[list] as Fresh<Rows[List][number]>[];
  const [first, setFirst] = useState({ at, rows });
  if (first.at !== at) setFirst({ at, rows });
  return layOver(rows, first.rows, fresh, at);
}

function isSame(one: OpenList | null, other: OpenList | null): boolean {
  return one?.name === other?.name && one?.query === other?.query && one?.since === other?.since;
}

/** Which list is shown, and what it was asked for. */
function useAddress(): string {
  return `${usePathname()}?${useSearchParams()}`;
}
