import { z } from "zod";

/** What the address bar says of a list: the same for Users, Invitations and Requests (REQ-C9). */
export type ListState<Filters, Column extends string> = {
  /** As typed, trimmed; empty: no search. */
  search: string;
  filters: Filters;
  sort: Sort<Column>;
  /** Null: the first page. */
  cursor: Cursor | null;
};

export type Sort<Column extends string> = { column: Column; direction: Direction };
export type Direction = "ascending" | "descending";

/** A page begins after, or ends before, the row with these sort keys and this id. */
export type Cursor = { side: "after" | "before"; keys: Key[]; id: string };
type Key = string | number;

/** The query of an address as Next hands it over. */
export type Params = Record<string, string | string[] | undefined>;

type Shape = Record<string, z.ZodType<string | undefined>>;
type Output<F extends Shape> = { [Name in keyof F]: z.output<F[Name]> };

/** What can be asked of one list. */
type Definition<F extends Shape, Column extends string> = {
  /** Each accepts `undefined` and answers what holds then: `.default("open")`, `.optional()`. */
  filters: F;
  /** Each order: where a first press leads, and what its cursors carry before the id. */
  sorts: Record<Column, { first: Direction; keys: readonly z.ZodType<Key>[] }>;
  /** The usual order; it may follow from the filters. */
  defaultSort: NoInfer<Column> | ((filters: Output<F>) => NoInfer<Column>);
};

/** One list's way from the address bar to its state and back. Values that make no sense fall back to the default. */
export function defineList<F extends Shape, const Column extends string>(definition: Definition<F, Column>) {
  const { filters, sorts, defaultSort } = definition;
  type State = ListState<Output<F>, Column>;
  const columns = Object.keys(sorts) as Column[];
  const orderOf = (column: Column): Sort<Column> => ({ column, direction: sorts[column].first });
  const usualOrder = ({ filters: chosen }: Pick<State, "filters">) =>
    orderOf(typeof defaultSort === "function" ? defaultSort(chosen) : defaultSort);

  function read(params: Params): State {
    const chosen = mapShape(filters, (name, filter) => {
      const answer = filter.safeParse(first(params[name]) || undefined);
      return answer.success ? answer.data : filter.parse(undefined);
    }) as Output<F>;
    const sort = readSort(columns, first(params.sort)) ?? usualOrder({ filters: chosen });
    return {
      search: clean(first(params.search) ?? ""),
      filters: chosen,
      sort,
      cursor: readCursor(params, sorts[sort.column].keys),
    };
  }

  const defaults = read({});

  /** The query of the address, with its question mark; what is as by default is left out. */
  function write(state: State): string {
    const { search, filters: chosen, cursor } = state;
    const query = new URLSearchParams();
    if (search) query.set("search", search);
    for (const [name, value] of Object.entries(chosen))
      if (value && value !== defaults.filters[name]) query.set(name, String(value));
    const order = sortParam(state);
    if (order) query.set("sort", order);
    if (cursor) query.set(cursor.side, writeCursor(cursor));
    const text = query.toString();
    return text && `?${text}`;
  }

  /** What `write` wrote, read back in its usual order: all that matches is walked in that, from the place of its cursor. */
  function readWalk(query: string): State {
    const { sort: _, before: __, ...params } = Object.fromEntries(new URLSearchParams(query));
    return read(params);
  }

  /** Where on `page` a press on each column's head leads: its own order, or the other direction if it is in it already. */
  function sortLinks(page: string, state: State): Record<Column, string> {
    const pressed = (column: Column): Sort<Column> =>
      column === state.sort.column
        ? { column, direction: state.sort.direction === "ascending" ? "descending" : "ascending" }
        : orderOf(column);
    const links = columns.map((column) => [
      column,
      page + write({ ...state, sort: pressed(column), cursor: null }),
    ]);
    return Object.fromEntries(links) as Record<Column, string>;
  }

  /** Is anything asked for that could be cleared? */
  function isNarrowed({ search, filters: chosen }: State): boolean {
    return search !== "" || Object.keys(filters).some((name) => chosen[name] !== defaults.filters[name]);
  }

  /** Is it a search with nothing beside it, in the usual order? */
  function isSearchAlone(state: State): boolean {
    return state.search !== "" && !isNarrowed({ ...state, search: "" }) && sortParam(state) === "";
  }

  /** The order as the address says it; empty where it is the default one. */
  function sortParam(state: State): string {
    return writeSort(state.sort) === writeSort(usualOrder(state)) ? "" : writeSort(state.sort);
  }

  /** The same order without search and filters, at its first page. */
  function cleared(state: State): State {
    return { ...defaults, sort: sortParam(state) ? state.sort : defaults.sort };
  }

  /** The same question in its usual order, at its first page. */
  function inUsualOrder(state: State): State {
    return { ...state, sort: usualOrder(state), cursor: null };
  }

  return {
    read,
    write,
    readWalk,
    sortLinks,
    sortParam,
    isNarrowed,
    isSearchAlone,
    cleared,
    inUsualOrder,
    defaults,
  };
}

function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

/** Without what no address holds and PostgreSQL refuses; as long as an address may be. */
function clean(search: string): string {
  return search
    .replaceAll(/\p{Cc}/gu, "")
    .trim()
    .slice(0, 254);
}

function mapShape<F extends Shape>(shape: F, map: (name: string, filter: F[string]) => unknown) {
  return Object.fromEntries(
    Object.entries(shape).map(([name, filter]) => [name, map(name, filter as F[string])]),
  );
}

/** `email` is ascending, `-email` descending. */
function readSort<Column extends string>(
  columns: readonly Column[],
  text: string | undefined,
): Sort<Column> | undefined {
  const column = columns.find((one) => one === text?.replace(/^-/, ""));
  return column && { column, direction: text?.startsWith("-") ? "descending" : "ascending" };
}

function writeSort({ column, direction }: Sort<string>): string {
  return direction === "descending" ? `-${column}` : column;
}

function readCursor(params: Params, keys: readonly z.ZodType<Key>[]): Cursor | null {
  const side = params.before ? "before" : "after";
  const parts = readJson(first(params[side]) ?? "");
  if (!Array.isArray(parts) || parts.length !== keys.length + 1) return null;
  const read = keys.map((key, at) => key.safeParse(parts[at]));
  const id = z.uuid().safeParse(parts.at(-1));
  if (!id.success || !read.every((one) => one.success)) return null;
  return { side, keys: read.map((one) => one.data), id: id.data };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString());
  } catch {
    return null;
  }
}

function writeCursor({ keys, id }: Cursor): string {
  return Buffer.from(JSON.stringify([...keys, id])).toString("base64url");
}

/** A sort key that is a moment: ISO 8601 to the millisecond, as PostgreSQL stores it and reads it. */
export const momentKey = z.iso.datetime().refine((text) => /^(?!0000)\d{4}-.*[.]\d{3}Z$/.test(text));
