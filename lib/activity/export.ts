import { describeActivity } from "@/lib/activity/activity-types";
import type { ActivityListState } from "@/lib/activity/list";
import type { ActivityRefusal } from "@/lib/activity/messages";
import {
  type ActivityPerson,
  type ActivityRow,
  activityPageQuery,
  resolveActivityFilter,
} from "@/lib/activity/queries";
import { type Actor, assertPermission, assertStillPermitted } from "@/lib/auth/actor";
import { CHUNK_SIZE, streamCsv } from "@/lib/db/csv-stream";
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
 * Exports all matching entries as CSV in chunks, newest first (REQ-G4), regardless of the page. Like the log,
 * it contains ids, names and addresses, but no codes or links. Entries added during the export are not
 * included.
 */
export async function exportActivity(
  actor: Actor,
  state: ActivityListState,
): Promise<Result<AsyncGenerator<string, void>, ActivityRefusal>> {
  assertPermission(actor, "audit:read");
  const filter = await resolveActivityFilter(actor, state);
  if (!filter) return refused("unknown-person");
  const chunks = await streamCsv<ActivityRow, Pick<ActivityRow, "at" | "id">>({
    header: HEADER,
    read: async (tx, after) => {
      await assertStillPermitted(tx, actor, "audit:read");
      const position = after && { ...after, side: "after" as const };
      const rows = await tx.$queryRaw<ActivityRow[]>(activityPageQuery(filter, position, CHUNK_SIZE));
      return { rows, next: rows.length < CHUNK_SIZE ? null : (rows.at(-1) ?? null) };
    },
    toCells,
  });
  return chunks ? done(chunks) : refused("too-slow");
}

function toCells(row: ActivityRow): string[] {
  const { id, at, type, person, actor } = row;
  return [id, at.toISOString(), type, describeActivity(row), ...personCells(person), ...personCells(actor)];
}

function personCells(person: ActivityPerson | null): string[] {
  return person ? [person.name, person.email ?? "", person.id] : ["", "", ""];
}
