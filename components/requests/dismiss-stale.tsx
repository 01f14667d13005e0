"use client";

import { useRouter } from "next/navigation";
import { useAddRows } from "@/components/members/fresh-rows";
import { BulkProgress, BulkResult } from "@/components/table/bulk-progress";
import { useBulkRun, type Whom } from "@/components/table/bulk-run";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { dismissRequests } from "@/lib/admin/request-bulk-actions";
import { REQUEST_SHORT } from "@/lib/requests/summary";

type Props = {
  organization: string;
  /** The list's query for all of them. */
  query: string;
  /** The requests on this page, whose changed rows are needed. */
  shown: readonly string[];
  /** Is any left? */
  isAny: boolean;
};

/** **Dismiss all stale requests** (REQ-E4), those on other pages too, in batches of a hundred. */
export function DismissStale({ organization, query, shown, isAny }: Props) {
  const { run, isStopping, start, goOn, stop, close } = useBulkRun();
  const show = useAddRows();
  const router = useRouter();
  const send = async (whom: Whom) => {
    const result = await dismissRequests({ organization, whom, shown: shown.slice(0, 200) });
    if (result.ok) show(result.value);
    router.refresh();
    return result;
  };
  const dismiss = () =>
    start({ doing: "Dismissing", short: REQUEST_SHORT.dismiss, send, total: null, rest: [{ query }] });
  if (run?.state === "running") return <BulkProgress run={run} isStopping={isStopping} stop={stop} />;
  if (run) return <BulkResult run={run} goOn={goOn} close={close} profile={undefined} />;
  if (!isAny) return null;
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
