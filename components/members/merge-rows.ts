/**
 * A row that was created or changed, and the URL of the list where this user did it; null if someone else did
 * it.
 */
export type RowUpdate<Row> = { row: Row; listUrl: string | null };

type ListRow = { id: string; memberId?: string; now: Date; status: string };

/**
 * Returns the id that identifies a row in all lists: each member has one row per list, regardless of their
 * invitations.
 */
export function memberIdOf(row: Pick<ListRow, "id" | "memberId">): string {
  return row.memberId ?? row.id;
}

/** The statuses that the lists show without filters: open invitations, and users who are not removed. */
const DEFAULT_STATUSES = ["pending", "expired", "invited", "active", "blocked"];

/**
 * Merges updates into the rows of the page; the newer version of a row wins. A changed row that the page no
 * longer contains stays at its position in `opened`, the rows when the list was opened at this URL, so that
 * its Undo button does not move away; a new row is added on top. Updates from another URL are not added,
 * except those made in the other list, as long as this one has no filters.
 */
export function mergeRows<Row extends ListRow>(
  page: readonly Row[],
  opened: readonly Row[],
  updates: readonly RowUpdate<Row>[],
  listUrl: string,
): Row[] {
  const updated = new Map(updates.map(({ row }) => [memberIdOf(row), row]));
  const merged = page.map((row) => {
    const update = updated.get(memberIdOf(row));
    return update && update.now > row.now ? update : row;
  });
  const missing = updates.filter(
    (update) =>
      !page.some((row) => memberIdOf(row) === memberIdOf(update.row)) && belongsToList(update, listUrl),
  );
  const order = opened.map(memberIdOf);
  const positioned = missing.map(({ row }) => ({ row, position: order.indexOf(memberIdOf(row)) }));
  // Inserted in their order, because the row above can be one that is missing from the page as well.
  const changed = positioned.filter(({ position }) => position >= 0).sort((a, b) => a.position - b.position);
  for (const { row, position } of changed) {
    const above = order.slice(0, position).reverse();
    const neighbor = above.find((id) => merged.some((other) => memberIdOf(other) === id));
    merged.splice(merged.findIndex((other) => memberIdOf(other) === neighbor) + 1, 0, row);
  }
  return [...positioned.filter(({ position }) => position < 0).map(({ row }) => row), ...merged];
}

/** Adds rows that an action of this page created or changed, before the known updates. */
export function addOwnChanges<Row extends ListRow>(
  known: readonly RowUpdate<Row>[],
  changed: readonly Row[],
  listUrl: string,
): RowUpdate<Row>[] {
  const kept = known.filter(({ row }) => !changed.some((newer) => memberIdOf(newer) === memberIdOf(row)));
  return [...changed.map((row) => ({ row, listUrl })), ...kept];
}

/** Adds the current versions of visible rows. They keep their position and are not added to other lists. */
export function addPolledRows<Row extends ListRow>(
  known: readonly RowUpdate<Row>[],
  polled: readonly Row[],
): RowUpdate<Row>[] {
  const byMember = new Map(known.map((update) => [memberIdOf(update.row), update]));
  for (const row of polled) {
    const previous = byMember.get(memberIdOf(row));
    if (!previous || previous.row.now < row.now)
      byMember.set(memberIdOf(row), { row, listUrl: previous?.listUrl ?? null });
  }
  return [...byMember.values()];
}

function belongsToList<Row extends ListRow>(update: RowUpdate<Row>, listUrl: string): boolean {
  const [path, query] = listUrl.split("?");
  if (update.listUrl === listUrl) return true;
  if (update.listUrl === null) return false;
  return !query && update.listUrl.split("?")[0] !== path && DEFAULT_STATUSES.includes(update.row.status);
}
