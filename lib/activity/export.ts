import { inTimelineWords } from "@/lib/activity/happenings";
import type { ActivityState } from "@/lib/activity/list";
import type { ActivityRefusal } from "@/lib/activity/messages";
import { type ActivityRow, entriesQuery, findMatching, type Named } from "@/lib/activity/queries";
import { type Actor, assertMay } from "@/lib/auth/actor";
import { withinTime } from "@/lib/db/within-time";
import { CSV_BEGINNING, csvLines } from "@/lib/kit/csv";
import { done, type Outcome, refused } from "@/lib/kit/outcome";

const HEADER = [
  "Entry",
  "Time (UTC)",
  "What",
  "In words",
  "Whom it concerns",
  "Their email",
  "Their id",
  "Who did it",
  "Email of who did it",
  "Id of who did it",
];

/** Entries of one piece: all that is ever held in memory. */
const PIECE = 1_000;

/** Milliseconds for a piece: nobody waits for a screen, but nothing runs for ever. */
const LIMIT = 10_000;

/**
 * Everything that matches as CSV, newest first, in pieces: however long the log, one piece is in memory at a time (R G4).
 * It holds what the log holds: ids, names, addresses; never a code or a link. Pages have no part in it. What happens
 * meanwhile is newer than its beginning and not in it.
 */
export async function exportActivity(
  actor: Actor,
  state: ActivityState,
): Promise<Outcome<AsyncGenerator<string, void>, ActivityRefusal>> {
  assertMay(actor, "audit:read");
  const matching = await findMatching(actor, state);
  if (!matching) return refused("nobody");
  const read = (last: ActivityRow | undefined) =>
    withinTime(LIMIT, (tx) =>
      tx.$queryRaw<ActivityRow[]>(entriesQuery(matching, last ? { ...last, side: "after" } : null, PIECE)),
    );
  const first = await read(undefined);
  return first ? done(pieces(first, read)) : refused("too-slow");
}

async function* pieces(
  first: ActivityRow[],
  read: (last: ActivityRow | undefined) => Promise<ActivityRow[] | null>,
): AsyncGenerator<string, void> {
  yield CSV_BEGINNING + csvLines([HEADER]);
  for (let rows: ActivityRow[] | null = first; ; rows = await read(rows.at(-1))) {
    // Breaking off is better than a file that looks complete.
    if (!rows) throw new Error("an export took too long");
    yield csvLines(rows.map(toCells));
    if (rows.length < PIECE) return;
  }
}

function toCells(row: ActivityRow): string[] {
  const { id, at, what, person, actor } = row;
  return [id, at.toISOString(), what, inTimelineWords(row), ...whoIs(person), ...whoIs(actor)];
}

function whoIs(person: Named | null): string[] {
  return person ? [person.name, person.email ?? "", person.id] : ["", "", ""];
}
