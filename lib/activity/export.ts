import { describeActivity } from "@/lib/activity/activity-types";
import type { ActivityState } from "@/lib/activity/list";
import type { ActivityRefusal } from "@/lib/activity/messages";
import { type ActivityRow, entriesQuery, findMatching, type Named } from "@/lib/activity/queries";
import { type Actor, assertMay, assertStillMay } from "@/lib/auth/actor";
import { csvPieces, PIECE } from "@/lib/db/csv-stream";
import { done, type Result, refused } from "@/lib/result/result";

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

/**
 * Everything that matches as CSV, newest first, in pieces (REQ-G4). It holds what the log holds: ids, names, addresses; never
 * a code or a link. Pages have no part in it. What happens meanwhile is newer than its beginning and not in it.
 */
export async function exportActivity(
  actor: Actor,
  state: ActivityState,
): Promise<Result<AsyncGenerator<string, void>, ActivityRefusal>> {
  assertMay(actor, "audit:read");
  const matching = await findMatching(actor, state);
  if (!matching) return refused("nobody");
  const pieces = await csvPieces<ActivityRow, Pick<ActivityRow, "at" | "id">>({
    header: HEADER,
    read: async (tx, after) => {
      await assertStillMay(tx, actor, "audit:read");
      const place = after && { ...after, side: "after" as const };
      const rows = await tx.$queryRaw<ActivityRow[]>(entriesQuery(matching, place, PIECE));
      return { rows, next: rows.length < PIECE ? null : (rows.at(-1) ?? null) };
    },
    toCells,
  });
  return pieces ? done(pieces) : refused("too-slow");
}

function toCells(row: ActivityRow): string[] {
  const { id, at, type, person, actor } = row;
  return [id, at.toISOString(), type, describeActivity(row), ...whoIs(person), ...whoIs(actor)];
}

function whoIs(person: Named | null): string[] {
  return person ? [person.name, person.email ?? "", person.id] : ["", "", ""];
}
