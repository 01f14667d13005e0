import { z } from "zod";
import { type ActivityType, HAPPENING_NAMES } from "@/lib/activity/activity-types";
import type { Params } from "@/lib/lists/list-state";

/** What the address bar asks of the log (REQ-G4): which entries, and which page of them, newest first. */
export type ActivityState = {
  type: ActivityType | undefined;
  /** Who did it, and whom it concerns, as typed: an address, or the id of a member who was erased. Empty: anybody. */
  by: string;
  person: string;
  /** Days of UTC, the last included: 2026-11-20. */
  from: string | undefined;
  to: string | undefined;
  /** The page begins after, or ends before, the entry with this id. */
  cursor: ActivityCursor | null;
};

export type ActivityCursor = { side: "after" | "before"; id: string };

const happening = z.enum(Object.keys(HAPPENING_NAMES) as [ActivityType, ...ActivityType[]]);
// A day that PostgreSQL knows as well.
const day = z.iso.date().refine((text) => text > "1970" && text < "9999");
const entryId = z.string().regex(/^[1-9]\d{0,17}$/);

/** Reads the query of an address; what makes no sense asks for nothing. */
export function readActivity(params: Params): ActivityState {
  const one = (name: string) => [params[name]].flat()[0] ?? "";
  const valid = <T>(schema: z.ZodType<T>, name: string) => schema.safeParse(one(name)).data;
  const side = params.before ? "before" : "after";
  const id = valid(entryId, side);
  return {
    type: valid(happening, "type"),
    by: clean(one("by")),
    person: clean(one("person")),
    from: valid(day, "from"),
    to: valid(day, "to"),
    cursor: id ? { side, id } : null,
  };
}

/** The query of the address with its question mark; empty where nothing is asked. */
export function writeActivity({ cursor, ...asked }: ActivityState): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(asked)) if (value) query.set(name, value);
  if (cursor) query.set(cursor.side, cursor.id);
  const text = query.toString();
  return text && `?${text}`;
}

/** Is anything asked for that could be cleared? */
export function isNarrowedActivity(state: ActivityState): boolean {
  return writeActivity({ ...state, cursor: null }) !== "";
}

/** Without what no address holds and PostgreSQL refuses; as long as an address may be. */
function clean(text: string): string {
  return text
    .replaceAll(/\p{Cc}/gu, "")
    .trim()
    .slice(0, 254);
}
