/** A row that an action has made or changed, and the address of the list that showed it then; null: somebody else did. */
export type Fresh<Row> = { row: Row; at: string | null };

type Listed = { id: string; memberId?: string; now: Date; status: string };

/** Each person has one row, whichever of their invitations is the latest. */
export function personOf(row: Pick<Listed, "id" | "memberId">): string {
  return row.memberId ?? row.id;
}

/** What a list shows without being asked for more: the open invitations, the users with a place. */
const SHOWN_UNASKED = ["pending", "expired", "invited", "active", "blocked"];

/**
 * The page's rows with what was just made or changed laid over them. The newer reading of a row wins. A changed row
 * that the page does not hold any more stays where it stood when the list was opened at this address (`first`), so that
 * its Undo stays under the finger; a new one stands on top. At another address the page's own answer counts, but what was
 * made in the other list is on top here too while nothing narrows this one.
 */
export function layOver<Row extends Listed>(
  page: readonly Row[],
  first: readonly Row[],
  fresh: readonly Fresh<Row>[],
  at: string,
): Row[] {
  const newer = new Map(fresh.map(({ row }) => [personOf(row), row]));
  const shown = page.map((row) => {
    const other = newer.get(personOf(row));
    return other && other.now > row.now ? other : row;
  });
  const missing = fresh.filter(
    (one) => !page.some((row) => personOf(row) === personOf(one.row)) && belongs(one, at),
  );
  const order = first.map(personOf);
  // In the order they stood in, so that one can stand below another that is gone from the page as well.
  const places = missing.map((one) => ({ row: one.row, place: order.indexOf(personOf(one.row)) }));
  for (const { row, place } of places.filter((one) => one.place >= 0).sort((a, b) => a.place - b.place)) {
    const above = order.slice(0, place).reverse();
    const neighbour = above.find((id) => shown.some((one) => personOf(one) === id));
    shown.splice(shown.findIndex((one) => personOf(one) === neighbour) + 1, 0, row);
  }
  return [...places.filter((one) => one.place < 0).map(({ row }) => row), ...shown];
}

/** What an action of this page has made or changed, before what is known already. */
export function withNewer<Row extends Listed>(
  known: readonly Fresh<Row>[],
  more: readonly Row[],
  at: string,
): Fresh<Row>[] {
  const kept = known.filter(({ row }) => !more.some((newer) => personOf(newer) === personOf(row)));
  return [...more.map((row) => ({ row, at })), ...kept];
}

/** What became of the rows that are shown: each stays where it is, and is never put into another list. */
export function withFollowed<Row extends Listed>(
  known: readonly Fresh<Row>[],
  more: readonly Row[],
): Fresh<Row>[] {
  const places = new Map(known.map((one) => [personOf(one.row), one]));
  for (const row of more) {
    const before = places.get(personOf(row));
    if (!before || before.row.now < row.now) places.set(personOf(row), { row, at: before?.at ?? null });
  }
  return [...places.values()];
}

function belongs<Row extends Listed>(one: Fresh<Row>, at: string): boolean {
  const [path, query] = at.split("?");
  if (one.at === at) return true;
  if (one.at === null) return false;
  return !query && one.at.split("?")[0] !== path && SHOWN_UNASKED.includes(one.row.status);
}
