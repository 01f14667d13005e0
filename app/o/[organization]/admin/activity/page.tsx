import type { Metadata } from "next";
import Link from "next/link";
import { ActivityFilters } from "@/components/activity/activity-filters";
import { ActivityTable } from "@/components/activity/activity-table";
import { PageHead } from "@/components/shell/page-head";
import { ExportLink } from "@/components/table/export-link";
import { Pagination } from "@/components/table/pagination";
import { buttonClass } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Notice } from "@/components/ui/notice";
import { type ActivityState, isNarrowedActivity, readActivity, writeActivity } from "@/lib/activity/list";
import { ACTIVITY_MESSAGES } from "@/lib/activity/messages";
import { listActivity } from "@/lib/activity/queries";
import { actorAt } from "@/lib/auth/gate";

export const metadata: Metadata = { title: "Activity" };

/** The audit log: everything done in the organization, newest first (REQ-G4). */
export default async function Activity({
  params,
  searchParams,
}: PageProps<"/o/[organization]/admin/activity">) {
  const { organization } = await params;
  const actor = await actorAt(organization, "/activity");
  const page = `/o/${actor.organization.slug}/admin/activity`;
  const state = readActivity(await searchParams);
  const list = await listActivity(actor, state);
  const addressOf = (cursor: ActivityState["cursor"]) => page + writeActivity({ ...state, cursor });
  const clear = (
    <Link className={buttonClass()} href={page} prefetch={false}>
      Clear filters
    </Link>
  );
  return (
    <>
      <PageHead title="Activity">
        <ExportLink href={`${page}/export${writeActivity({ ...state, cursor: null })}`} />
      </PageHead>
      <ActivityFilters page={page} state={state} />
      {!list.ok ? (
        <Notice
          tone="warn"
          title={list.reason === "nobody" ? "No such person" : "This takes too long"}
          action={clear}
        >
          {ACTIVITY_MESSAGES[list.reason]}
        </Notice>
      ) : list.value.rows.length === 0 ? (
        <Empty title="Nothing like this happened" action={isNarrowedActivity(state) ? clear : undefined}>
          Ask for other days, or take out a filter.
        </Empty>
      ) : (
        <>
          <ActivityTable
            rows={list.value.rows}
            users={
              actor.permissions.has("users:read") ? `/o/${actor.organization.slug}/admin/users` : undefined
            }
          />
          {list.value.previous || list.value.next ? (
            <Pagination
              label="Pages of activity"
              previous={list.value.previous ? addressOf(list.value.previous) : undefined}
              next={list.value.next ? addressOf(list.value.next) : undefined}
            />
          ) : null}
        </>
      )}
    </>
  );
}
