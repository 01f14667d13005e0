import { describeActivity } from "@/lib/activity/activity-types";
import type { ActivityListState } from "@/lib/activity/list";
import type { ActivityRefusal } from "@/lib/activity/messages";
import { type ActivityRow, activityPageQuery, resolveActivityFilter } from "@/lib/activity/queries";
import { type Actor, assertPermission, assertStillPermitted } from "@/lib/auth/actor";
import { CHUNK_SIZE, type CsvColumn, streamCsv } from "@/lib/db/csv-stream";
import { done, type Result, refused } from "@/lib/result/result";

const COLUMNS: readonly CsvColumn<ActivityRow>[] = [
  ["Entry", ({ id }) => id],
  ["Time (UTC)", ({ at }) => at.toISOString()],
  ["What", ({ type }) => type],
  ["In words", (row) => describeActivity(row)],
  ["Whom it concerns", ({ person }) => person?.name ?? ""],
  ["Their email", ({ person }) => person?.email ?? ""],
  ["Their id", ({ person }) => person?.id ?? ""],
  ["Who did it", ({ actor }) => actor?.name ?? ""],
  ["Email of who did it", ({ actor }) => actor?.email ?? ""],
  ["Id of who did it", ({ actor }) => actor?.id ?? ""],
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
    columns: COLUMNS,
    read: async (tx, after) => {
      await assertStillPermitted(tx, actor, "audit:read");
      const position = after && { ...after, side: "after" as const };
      const rows = await tx.$queryRaw<ActivityRow[]>(activityPageQuery(filter, position, CHUNK_SIZE));
      return { rows, next: rows.length < CHUNK_SIZE ? null : (rows.at(-1) ?? null) };
    },
  });
  return chunks ? done(chunks) : refused("too-slow");
}
