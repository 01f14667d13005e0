"use client";

import { useRouter } from "next/navigation";
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
  /** Whether there are stale requests left. */
  hasStale: boolean;
};

/**
 * Renders **Dismiss all stale requests** (REQ-E4), which includes those on other pages, in batches of 100.
 */
export function DismissStale({ organization, query, shownIds, hasStale }: Props) {
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
      progressLabel: "Dismissing",
      summaryTexts: REQUEST_BULK_SUMMARY.dismiss,
      sendBatch,
      total: null,
      remaining: [{ query }],
    });
  if (run?.state === "running") return <BulkProgress run={run} isStopping={isStopping} stop={stop} />;
  if (run) return <BulkResult run={run} resume={resume} close={close} profileBaseUrl={undefined} />;
  if (!hasStale) return null;
  return (
    <Notice
      title="Some of them are users already"
      action={
        <Button size="small" onClick={dismiss}>
          Dismiss all stale requests
        </Button>
      }
    >
      They came in another way after they had asked. Their requests can go.
    </Notice>
  );
}
