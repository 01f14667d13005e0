import { z } from "zod";

/** The state of a list in the URL, with the same parameters for Users, Invitations and Requests (REQ-C9). */
export type ListState<Filters, Column extends string> = {
  /** The search term, trimmed; empty without a search. */
  search: string;
  filters: Filters;
  sort: SortOrder<Column>;
  /** Null on the first page. */
  cursor: Cursor | null;
};

export type SortOrder<Column extends string> = { column: Column; direction: SortDirection };
export type SortDirection = "ascending" | "descending";

/** The page starts after, or ends before, the row with these sort keys and this id. */
export type Cursor = { side: "after" | "before"; keys: CursorKey[]; id: string };
type CursorKey = string | number;

/** The query of a URL as Next.js passes it to a page. */
export type SearchParams = Record<string, string | string[] | undefined>;

type FilterShape = Record<string, z.ZodType<string | undefined>>;
type FilterValues<F extends FilterShape> = { [Name in keyof F]: z.output<F[Name]> };

/** The filters and sort orders of one list. */
type ListDefinition<F extends FilterShape, Column extends string> = {
  /** Each schema accepts `undefined` and returns the default: `.default("open")`, `.optional()`. */
  filters: F;
  /**
   * For each column, the direction of the first click on its header, and the sort keys that a cursor has
   * before the id.
   */
  sorts: Record<Column, { first: SortDirection; keys: readonly z.ZodType<CursorKey>[] }>;
  /** The default sort column; it may depend on the filters. */
  defaultSort: NoInfer<Column> | ((filters: FilterValues<F>) => NoInfer<Column>);
};

/**
 * Returns functions that parse and serialize a list's state in the URL. Each invalid value falls back to its
 * default.
 */
export function defineList<F extends FilterShape, const Column extends string>(
  definition: ListDefinition<F, Column>,
) {
  const { filters, sorts, defaultSort } = definition;
  type State = ListState<FilterValues<F>, Column>;
  const columns = Object.keys(sorts) as Column[];
  const initialOrder = (column: Column): SortOrder<Column> => ({ column, direction: sorts[column].first });
  const defaultOrder = ({ filters: selected }: Pick<State, "filters">) =>
    initialOrder(typeof defaultSort === "function" ? defaultSort(selected) : defaultSort);

  function read(params: SearchParams): State {
    const selected = mapFilters(filters, (name, filter) => {
      const parsed = filter.safeParse(first(params[name]) || undefined);
      return parsed.success ? parsed.data : filter.parse(undefined);
    }) as FilterValues<F>;
    const sort = readSort(columns, first(params.sort)) ?? defaultOrder({ filters: selected });
    return {
      search: cleanSearch(first(params.search) ?? ""),
      filters: selected,
      sort,
      cursor: readCursor(params, sorts[sort.column].keys),
    };
  }

  const defaults = read({});

  /** Returns the query with its question mark, or an empty text; default values are left out. */
  function write(state: State): string {
    const { search, filters: selected, cursor } = state;
    const query = new URLSearchParams();
    if (search) query.set("search", search);
    for (const [name, value] of Object.entries(selected))
      if (value && value !== defaults.filters[name]) query.set(name, String(value));
    const order = sortParam(state);
    if (order) query.set("sort", order);
    if (cursor) query.set(cursor.side, writeCursor(cursor));
    const text = query.toString();
    return text && `?${text}`;
  }

  /**
   * Parses what `write` returned for iterating over all matching rows: in the default order, from the cursor
   * on.
   */
  function readForIteration(query: string): State {
    const { sort: _, before: __, ...params } = Object.fromEntries(new URLSearchParams(query));
    return read(params);
  }

  /**
   * Returns the URL for each column header of `page`: the column's first direction, or the other if it is
   * sorted by it.
   */
  function sortLinks(page: string, state: State): Record<Column, string> {
    const nextOrder = (column: Column): SortOrder<Column> =>
      column === state.sort.column
        ? { column, direction: state.sort.direction === "ascending" ? "descending" : "ascending" }
        : initialOrder(column);
    const links = columns.map((column) => [
      column,
      page + write({ ...state, sort: nextOrder(column), cursor: null }),
    ]);
    return Object.fromEntries(links) as Record<Column, string>;
  }

  /** Returns true if there is a search or a filter that can be cleared. */
  function hasFilters({ search, filters: selected }: State): boolean {
    return search !== "" || Object.keys(filters).some((name) => selected[name] !== defaults.filters[name]);
  }

  /** Returns true for a search without filters in the default order. */
  function isSearchOnly(state: State): boolean {
    return state.search !== "" && !hasFilters({ ...state, search: "" }) && sortParam(state) === "";
  }

  /** Returns the `sort` parameter; empty for the default order. */
  function sortParam(state: State): string {
    return writeSort(state.sort) === writeSort(defaultOrder(state)) ? "" : writeSort(state.sort);
  }

  /** Returns the first page without search and filters, in the same order. */
  function withoutFilters(state: State): State {
    return { ...defaults, sort: sortParam(state) ? state.sort : defaults.sort };
  }

  /** Returns the first page with the same search and filters, in the default order. */
  function withDefaultSort(state: State): State {
    return { ...state, sort: defaultOrder(state), cursor: null };
  }

  return {
    read,
    write,
    readForIteration,
    sortLinks,
    sortParam,
    hasFilters,
    isSearchOnly,
    withoutFilters,
    withDefaultSort,
    defaults,
    columns,
  };
}

function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

/**
 * Removes control characters, some of which PostgreSQL rejects, and cuts to the length of the longest email
 * address.
 */
function cleanSearch(search: string): string {
  return search
    .replaceAll(/\p{Cc}/gu, "")
    .trim()
    .slice(0, 254);
}

function mapFilters<F extends FilterShape>(shape: F, map: (name: string, filter: F[string]) => unknown) {
  return Object.fromEntries(
    Object.entries(shape).map(([name, filter]) => [name, map(name, filter as F[string])]),
  );
}

/** Parses `email` as ascending and `-email` as descending. */
function readSort<Column extends string>(
  columns: readonly Column[],
  text: string | undefined,
): SortOrder<Column> | undefined {
  const column = columns.find((value) => value === text?.replace(/^-/, ""));
  return column && { column, direction: text?.startsWith("-") ? "descending" : "ascending" };
}

function writeSort({ column, direction }: SortOrder<string>): string {
  return direction === "descending" ? `-${column}` : column;
}

function readCursor(params: SearchParams, keys: readonly z.ZodType<CursorKey>[]): Cursor | null {
  const side = params.before ? "before" : "after";
  const parts = readJson(first(params[side]) ?? "");
  if (!Array.isArray(parts) || parts.length !== keys.length + 1) return null;
  const read = keys.map((key, at) => key.safeParse(parts[at]));
  const id = z.uuid().safeParse(parts.at(-1));
  if (!id.success || !read.every((value) => value.success)) return null;
  return { side, keys: read.map((value) => value.data), id: id.data };
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

/** A timestamp as a sort key: ISO 8601 with milliseconds, the precision of the columns. */
export const timestampKey = z.iso.datetime().refine((text) => /^(?!0000)\d{4}-.*[.]\d{3}Z$/.test(text));
