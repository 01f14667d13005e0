import { describeActivity } from "@/lib/activity/activity-types";
import type { ActivityListState } from "@/lib/activity/list";
import type { ActivityRefusal } from "@/lib/activity/messages";
import { type ActivityRow, activityPageQuery, resolveActivityFilter } from "@/lib/activity/queries";
import { type Actor, assertPermission, assertStillPermitted } from "@/lib/auth/actor";
import { CHUNK_SIZE, type CsvColumn, streamCsv } from "@/lib/db/csv-stream";
import { timestampFormat } from "@/lib/i18n/format";
import { translationFor } from "@/lib/i18n/translation";
import { done, type Result, refused } from "@/lib/result/result";

const ENGLISH = translationFor("en");

function columnsIn(timeZone: string): readonly CsvColumn<ActivityRow>[] {
  const format = timestampFormat(timeZone);
  return [
    [ENGLISH.t("admin.activity.export.id"), ({ id }) => id],
    [ENGLISH.t("admin.activity.export.time", { timeZone }), ({ at }) => format(at)],
    [ENGLISH.t("admin.activity.export.event"), ({ type }) => type],
    [ENGLISH.t("admin.activity.export.description"), (row) => describeActivity(ENGLISH, row)],
    [ENGLISH.t("admin.activity.export.user"), ({ person }) => person?.name ?? ""],
    [ENGLISH.t("admin.activity.export.userEmail"), ({ person }) => person?.email ?? ""],
    [ENGLISH.t("admin.activity.export.userId"), ({ person }) => person?.id ?? ""],
    [ENGLISH.t("admin.activity.export.by"), ({ actor }) => actor?.name ?? ""],
    [ENGLISH.t("admin.activity.export.byEmail"), ({ actor }) => actor?.email ?? ""],
    [ENGLISH.t("admin.activity.export.byId"), ({ actor }) => actor?.id ?? ""],
  ];
}

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
    columns: columnsIn(actor.organization.timeZone),
    read: async (tx, after) => {
      await assertStillPermitted(tx, actor, "audit:read");
      const position = after && { ...after, side: "after" as const };
      const rows = await tx.$queryRaw<ActivityRow[]>(activityPageQuery(filter, position, CHUNK_SIZE));
      return { rows, next: rows.length < CHUNK_SIZE ? null : (rows.at(-1) ?? null) };
    },
  });
  return chunks ? done(chunks) : refused("too-slow");
}
