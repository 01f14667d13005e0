import type { Metadata } from "next";
import Link from "next/link";
import { getTimeZone, getTranslations } from "next-intl/server";
import { ActivityFilters } from "@/components/activity/activity-filters";
import { ActivityTable } from "@/components/activity/activity-table";
import { ClientMessages } from "@/components/i18n/client-messages";
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

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations();
  return { title: t("admin.activity.title") };
}

/** The audit log of the organization, newest first (REQ-G4). */
export default async function Activity({
  params,
  searchParams,
}: PageProps<"/o/[organization]/admin/activity">) {
  const t = await getTranslations();
  const { organization } = await params;
  const actor = await requirePermission(organization, "/activity");
  const page = `/o/${actor.organization.slug}/admin/activity`;
  const state = readActivityState(await searchParams, await getTimeZone());
  const list = await listActivity(actor, state);
  const urlOf = (cursor: ActivityListState["cursor"]) => page + writeActivityState({ ...state, cursor });
  const clear = (
    <Link className={buttonClass()} href={page} prefetch={false}>
      {t("admin.table.clearFilters")}
    </Link>
  );
  return (
    <ClientMessages namespaces={["admin.table", "admin.activity", "admin.permissions"]}>
      <PageHeader title={t("admin.activity.title")}>
        <ExportLink href={`${page}/export${writeActivityState({ ...state, cursor: null })}`} />
      </PageHeader>
      <ActivityFilters page={page} state={state} />
      {!list.ok ? (
        <Notice
          tone="warn"
          title={
            list.reason === "unknown-person" ? t("admin.activity.unknownUser") : t("admin.table.tooSlow")
          }
          action={clear}
        >
          {t(ACTIVITY_MESSAGES[list.reason])}
        </Notice>
      ) : list.value.rows.length === 0 ? (
        <EmptyState
          title={t("admin.activity.empty.title")}
          action={hasActivityFilters(state) ? clear : undefined}
        >
          {t("admin.activity.empty.hint")}
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
              label={t("admin.activity.pages")}
              previous={list.value.previous ? urlOf(list.value.previous) : undefined}
              next={list.value.next ? urlOf(list.value.next) : undefined}
            />
          ) : null}
        </>
      )}
    </ClientMessages>
  );
}
