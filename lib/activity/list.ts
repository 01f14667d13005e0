import { z } from "zod";
import { ACTIVITY_TYPES, type ActivityType } from "@/lib/activity/activity-types";
import type { SearchParams } from "@/lib/lists/list-state";

/** The state of Activity in the URL (REQ-G4): the filters and the page; entries are sorted newest first. */
export type ActivityListState = {
  type: ActivityType | undefined;
  /**
   * The actor and the person concerned, as typed: an address, or the id of an erased member. Empty for no
   * filter.
   */
  by: string;
  person: string;
  /** Days, inclusive: 2026-11-20. They start at midnight in `timeZone`, which is not in the URL. */
  from: string | undefined;
  to: string | undefined;
  timeZone: string;
  /** The page starts after, or ends before, the entry with this id. */
  cursor: ActivityCursor | null;
};

export type ActivityCursor = { side: "after" | "before"; id: string };

const activityType = z.enum(ACTIVITY_TYPES);
// Within the range of PostgreSQL's dates.
const day = z.iso.date().refine((text) => text > "1970" && text < "9999");
const entryId = z.string().regex(/^[1-9]\d{0,17}$/);

/** Parses the query of the URL; ignores invalid parameters. */
export function readActivityState(params: SearchParams, timeZone = "UTC"): ActivityListState {
  const first = (name: string) => [params[name]].flat()[0] ?? "";
  const valid = <T>(schema: z.ZodType<T>, name: string) => schema.safeParse(first(name)).data;
  const side = params.before ? "before" : "after";
  const id = valid(entryId, side);
  return {
    type: valid(activityType, "type"),
    by: clean(first("by")),
    person: clean(first("person")),
    from: valid(day, "from"),
    to: valid(day, "to"),
    timeZone,
    cursor: id ? { side, id } : null,
  };
}

/** Returns the query of the URL with its question mark, or an empty string. */
export function writeActivityState({ cursor, timeZone: _, ...filters }: ActivityListState): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filters)) if (value) query.set(name, value);
  if (cursor) query.set(cursor.side, cursor.id);
  const text = query.toString();
  return text && `?${text}`;
}

/** Returns true if a filter is set. */
export function hasActivityFilters(state: ActivityListState): boolean {
  return writeActivityState({ ...state, cursor: null }) !== "";
}

/**
 * Removes control characters, some of which PostgreSQL rejects, and cuts to the maximum length of an email
 * address.
 */
function clean(text: string): string {
  return text
    .replaceAll(/\p{Cc}/gu, "")
    .trim()
    .slice(0, 254);
}
