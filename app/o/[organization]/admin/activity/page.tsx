import type { Metadata } from "next";
import Link from "next/link";
import { ActivityFilters } from "@/components/activity/activity-filters";
import { ActivityTable } from "@/components/activity/activity-table";
import { PageHeader } from "@/components/shell/page-header";
import { ExportLink } from "@/components/table/export-link";
import { Pagination } from "@/components/table/pagination";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import {
  type ActivityListState,
  hasActivityFilters,
  readActivityState,
  writeActivityState,
} from "@/lib/activity/list";
import { ACTIVITY_MESSAGES } from "@/lib/activity/messages";
import { listActivity } from "@/lib/activity/queries";
import { requirePermission } from "@/lib/auth/guards";

export const metadata: Metadata = { title: "Activity" };

/** The audit log of the organization, newest first (REQ-G4). */
export default async function Activity({
  params,
  searchParams,
}: PageProps<"/o/[organization]/admin/activity">) {
  const { organization } = await params;
  const actor = await requirePermission(organization, "/activity");
  const page = `/o/${actor.organization.slug}/admin/activity`;
  const state = readActivityState(await searchParams);
  const list = await listActivity(actor, state);
  const urlOf = (cursor: ActivityListState["cursor"]) => page + writeActivityState({ ...state, cursor });
  const clear = (
    <Link className={buttonClass()} href={page} prefetch={false}>
      Clear filters
    </Link>
  );
  return (
    <>
      <PageHeader title="Activity">
        <ExportLink href={`${page}/export${writeActivityState({ ...state, cursor: null })}`} />
      </PageHeader>
      <ActivityFilters page={page} state={state} />
      {!list.ok ? (
        <Notice
          tone="warn"
          title={list.reason === "unknown-person" ? "No such person" : "This takes too long"}
          action={clear}
        >
          {ACTIVITY_MESSAGES[list.reason]}
        </Notice>
      ) : list.value.rows.length === 0 ? (
        <EmptyState title="Nothing like this happened" action={hasActivityFilters(state) ? clear : undefined}>
          Ask for other days, or take out a filter.
        </EmptyState>
      ) : (
        <>
          <ActivityTable
            rows={list.value.rows}
            usersUrl={
              actor.permissions.has("users:read") ? `/o/${actor.organization.slug}/admin/users` : undefined
            }
          />
          {list.value.previous || list.value.next ? (
            <Pagination
              label="Pages of activity"
              previous={list.value.previous ? urlOf(list.value.previous) : undefined}
              next={list.value.next ? urlOf(list.value.next) : undefined}
            />
          ) : null}
        </>
      )}
    </>
  );
}
