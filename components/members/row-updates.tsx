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
import {
  addOwnChanges,
  addPolledRows,
  memberIdOf,
  mergeRows,
  type RowUpdate,
} from "@/components/members/merge-rows";
import type { NewRows, OpenList } from "@/lib/admin/queries/new-rows";
import type { TabCounts } from "@/lib/admin/queries/tab-counts";
import type { InvitationRow } from "@/lib/invitations/queries/list";
import type { UserRow } from "@/lib/members/queries/list";
import type { RequestRow } from "@/lib/requests/queries/list";

/** Ids per poll: a page, and a few uploaded lists added since. */
const MAX_POLLED_ROWS = 500;

type Rows = { invitations: InvitationRow[]; users: UserRow[]; requests: RequestRow[] };
type UpdatesByList = { [List in keyof Rows]: RowUpdate<Rows[List][number]>[] };

/** The rows on screen: of a list, or (`list` is null) of a user's profile. */
type VisibleRows = { members: readonly string[]; requests: readonly string[]; list: OpenList | null };

const NOTHING_VISIBLE: VisibleRows = { members: [], requests: [], list: null };

type RowUpdates = UpdatesByList & {
  /** Applies rows that an action of this page created or changed. */
  applyRows: (rows: Partial<Rows>) => void;
  /** How often `applyRows` was called; each call makes the counts of the tabs outdated. */
  changeCount: number;
  /** Applies the result of a poll for what `requested` says was on screen. */
  applyPoll: (result: PolledRows, requested: VisibleRows) => void;
  visibleRows: RefObject<VisibleRows>;
  /** The counts of the last poll; null if the page's own counts apply. */
  counts: TabCounts | null;
  /** Rows that are new in the open list and not shown yet. */
  newRows: NewRows;
  dismissNewRows: () => void;
};

/** The result of a poll. */
type PolledRows = { rows: Rows; counts: TabCounts | null; newRows: NewRows | null };

const NO_NEW_ROWS: NewRows = { invitations: [], users: [], requests: [] };

const RowUpdatesContext = createContext<RowUpdates>({
  ...{ invitations: [], users: [], requests: [] },
  applyRows: () => {},
  changeCount: 0,
  applyPoll: () => {},
  visibleRows: { current: NOTHING_VISIBLE },
  counts: null,
  newRows: NO_NEW_ROWS,
  dismissNewRows: () => {},
});

/**
 * Provides the rows that an action just created or changed, so that the lists show them immediately.
 * Rendering them through Next's revalidation is unreliable: sometimes the update is never painted
 * (vercel/next.js#98303). Changes by others, which `LiveUpdates` polls for, are shown the same way.
 */
export function RowUpdatesProvider({ children }: { children: ReactNode }) {
  const [rows, setRows] = useState<UpdatesByList>({ invitations: [], users: [], requests: [] });
  const [counts, setCounts] = useState<TabCounts | null>(null);
  const [newRows, setNewRows] = useState(NO_NEW_ROWS);
  const visibleRows = useRef(NOTHING_VISIBLE);
  const listUrl = useListUrl();
  const [changeCount, setChangeCount] = useState(0);
  const applyRows = useCallback(
    (changed: Partial<Rows>) => {
      setRows((known) => ({
        invitations: addOwnChanges(known.invitations, changed.invitations ?? [], listUrl),
        users: addOwnChanges(known.users, changed.users ?? [], listUrl),
        requests: addOwnChanges(known.requests, changed.requests ?? [], listUrl),
      }));
      setChangeCount((count) => count + 1);
    },
    [listUrl],
  );
  const applyPoll = useCallback((result: PolledRows, requested: VisibleRows) => {
    setRows((known) => ({
      invitations: addPolledRows(known.invitations, result.rows.invitations),
      users: addPolledRows(known.users, result.rows.users),
      requests: addPolledRows(known.requests, result.rows.requests),
    }));
    if (result.counts) setCounts(result.counts);
    // Since the poll started, another list may have been opened, or this one may already show the new rows.
    const { list, members, requests } = visibleRows.current;
    if (!result.newRows || !isSameList(list, requested.list)) return;
    const isNew = (row: { id: string; memberId?: string }) =>
      ![...members, ...requests].includes(memberIdOf(row));
    setNewRows({
      invitations: result.newRows.invitations.filter(isNew),
      users: result.newRows.users.filter(isNew),
      requests: result.newRows.requests.filter(isNew),
    });
  }, []);
  const dismissNewRows = useCallback(() => setNewRows(NO_NEW_ROWS), []);
  const value = useMemo(
    () => ({ ...rows, applyRows, changeCount, applyPoll, visibleRows, counts, newRows, dismissNewRows }),
    [rows, applyRows, changeCount, applyPoll, counts, newRows, dismissNewRows],
  );
  return <RowUpdatesContext value={value}>{children}</RowUpdatesContext>;
}

/** Returns the function that shows rows which an action created or changed. */
export function useApplyRows(): (rows: Partial<Rows>) => void {
  return use(RowUpdatesContext).applyRows;
}

/**
 * For `LiveUpdates`: what to poll for, how to apply the result, and the number of changes made on this page.
 */
export function useVisibleRows(): {
  getVisibleRows: () => PollRequest;
  applyPoll: RowUpdates["applyPoll"];
  changeCount: number;
} {
  const { visibleRows, applyPoll, changeCount } = use(RowUpdatesContext);
  const getVisibleRows = () => {
    const { members, requests, list } = visibleRows.current;
    return { members: members.slice(0, MAX_POLLED_ROWS), requests: requests.slice(0, MAX_POLLED_ROWS), list };
  };
  return { getVisibleRows, applyPoll, changeCount };
}

type PollRequest = { members: string[]; requests: string[]; list: OpenList | null };

/** Returns the number of new rows since the list was loaded, and a function that shows them on top of it. */
export function useNewRows(): { count: number; show: () => void } {
  const { newRows, dismissNewRows, applyRows } = use(RowUpdatesContext);
  const count = newRows.invitations.length + newRows.users.length + newRows.requests.length;
  const show = () => {
    applyRows(newRows);
    dismissNewRows();
  };
  return { count, show };
}

/** Returns the counts of the page or of the last poll, whichever is newer. */
export function useLiveTabCounts(page: TabCounts): TabCounts {
  const { counts } = use(RowUpdatesContext);
  const [atRender, setAtRender] = useState({ page, counts });
  if (atRender.page !== page) setAtRender({ page, counts });
  return atRender.counts !== counts && counts ? counts : page;
}

/** Returns the page's rows with new rows on top and changed rows in place (`mergeRows`). */
export function useLiveRows<List extends keyof Rows>(
  rows: readonly Rows[List][number][],
  list: List,
): Rows[List][number][] {
  const { visibleRows, dismissNewRows } = use(RowUpdatesContext);
  const query = useSearchParams().toString();
  const merged = useMergedRows(rows, list);
  const since = rows[0]?.now ?? null;
  useEffect(() => {
    const ids = merged.map(memberIdOf);
    visibleRows.current = {
      members: list === "requests" ? [] : ids,
      requests: list === "requests" ? ids : [],
      list: { name: list, query, since },
    };
  });
  // A list that was loaded again includes the new rows.
  const loadKey = `${list} ${query} ${since?.getTime()}`;
  useEffect(() => {
    if (loadKey) dismissNewRows();
  }, [loadKey, dismissNewRows]);
  return merged;
}

/** Returns the current row of the user of a profile page. */
export function useLiveUser(user: UserRow): UserRow {
  const { visibleRows } = use(RowUpdatesContext);
  useEffect(() => {
    visibleRows.current = { ...NOTHING_VISIBLE, members: [user.id] };
  });
  return useMergedRows([user], "users").find(({ id }) => id === user.id) ?? user;
}

function useMergedRows<List extends keyof Rows>(
  rows: readonly Rows[List][number][],
  list: List,
): Rows[List][number][] {
  const listUrl = useListUrl();
  const updates = use(RowUpdatesContext)[list] as RowUpdate<Rows[List][number]>[];
  const [opened, setOpened] = useState({ listUrl, rows });
  if (opened.listUrl !== listUrl) setOpened({ listUrl, rows });
  return mergeRows(rows, opened.rows, updates, listUrl);
}

function isSameList(one: OpenList | null, other: OpenList | null): boolean {
  return one?.name === other?.name && one?.query === other?.query && one?.since === other?.since;
}

/** Returns the path and query of the open list. */
function useListUrl(): string {
  return `${usePathname()}?${useSearchParams()}`;
}
