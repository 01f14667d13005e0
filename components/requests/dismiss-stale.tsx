"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useApplyRows } from "@/components/members/row-updates";
import { BulkProgress, BulkResult } from "@/components/table/bulk-progress";
import { useBulkAction } from "@/components/table/use-bulk-action";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { dismissRequestsAction } from "@/lib/admin/request-bulk-actions";
import type { BulkTarget } from "@/lib/lists/bulk";
import { REQUEST_BULK_SUMMARY } from "@/lib/requests/summary";

type Props = {
  organization: string;
  /** The list query that matches all stale requests. */
  query: string;
  /** Ids of the requests on this page, whose changed rows the action returns. */
  shownIds: readonly string[];
  /** The number of stale requests left, up to `maxCount + 1`. */
  count: number;
  maxCount: number;
};

/**
 * Renders **Dismiss all stale requests** (REQ-E4), which includes those on other pages, in batches of 100.
 */
export function DismissStale({ organization, query, shownIds, count, maxCount }: Props) {
  const t = useTranslations();
  const { run, isStopping, start, resume, stop, close } = useBulkAction();
  const applyRows = useApplyRows();
  const router = useRouter();
  const sendBatch = async (target: BulkTarget) => {
    const result = await dismissRequestsAction({ organization, target, shownIds: shownIds.slice(0, 200) });
    if (result.ok) applyRows(result.value);
    router.refresh();
    return result;
  };
  const dismiss = () =>
    start({
      progressLabel: t("admin.requests.bulk.dismiss.progress"),
      summaryMessages: REQUEST_BULK_SUMMARY.dismiss,
      sendBatch,
      total: null,
      remaining: [{ query }],
    });
  if (run?.state === "running") return <BulkProgress run={run} isStopping={isStopping} stop={stop} />;
  if (run) return <BulkResult run={run} resume={resume} close={close} profileBaseUrl={undefined} />;
  if (count === 0) return null;
  return (
    <Notice
      title={
        count > maxCount
          ? t("admin.requests.stale.titleUncounted", { count: maxCount })
          : t("admin.requests.stale.title", { count })
      }
      action={
        <Button size="small" onClick={dismiss}>
          {t("admin.requests.stale.dismiss")}
        </Button>
      }
    >
      {t("admin.requests.stale.text")}
    </Notice>
  );
}
