import { useEffect, useRef, useState } from "react";
import {
  addToCounts,
  BATCH_SIZE,
  type BulkBatch,
  type BulkItemResult,
  type BulkTarget,
  type ResultCounts,
  type SummaryMessages,
} from "@/lib/lists/bulk";
import type { ActionResult } from "@/lib/result/action-result";

/** Sends one batch to the server and shows the changed rows. */
export type SendBatch = (target: BulkTarget) => Promise<ActionResult<BulkBatch>>;

/** A bulk action in progress or finished. */
export type BulkRun = {
  /** Shown while running, such as "Dismissing requests…". */
  progressLabel: string;
  summaryMessages: SummaryMessages;
  sendBatch: SendBatch;
  /** The remaining batches; the first one is in progress while running. */
  remaining: BulkTarget[];
  /** The number of items; null if unknown. */
  total: number | null;
  counts: ResultCounts;
  processed: number;
  /** Items that failed, up to 100. */
  failures: BulkItemResult[];
  state: "running" | "stopped" | "failed" | "done";
  /** Why the batch failed; null if the server was unreachable. */
  message?: string | null;
};

/** Maximum number of failed items that are listed; others are only counted. */
const MAX_FAILURES = 100;

/** Splits ids into batches. */
export function splitIntoBatches(ids: readonly string[]): BulkTarget[] {
  return Array.from({ length: Math.ceil(ids.length / BATCH_SIZE) }, (_, at) => ({
    ids: ids.slice(at * BATCH_SIZE, (at + 1) * BATCH_SIZE),
  }));
}

/**
 * Runs an action batch by batch until it is done, the user stops it or a batch fails. Finished batches are
 * kept; `resume` repeats the failed batch and continues. Leaving the page stops after the current batch.
 */
export function useBulkAction() {
  const [run, setRun] = useState<BulkRun | null>(null);
  const [isStopping, setStopping] = useState(false);
  const stopRequested = useRef(false);
  const isExecuting = useRef(false);
  useEffect(
    () => () => {
      stopRequested.current = true;
    },
    [],
  );

  const execute = async (initial: BulkRun) => {
    // Ignore a second start while running.
    if (isExecuting.current) return;
    isExecuting.current = true;
    stopRequested.current = false;
    setStopping(false);
    let current: BulkRun = { ...initial, state: "running" };
    while (current.state === "running") {
      setRun(current);
      current = await runNextBatch(current, stopRequested);
    }
    isExecuting.current = false;
    setRun(current);
  };
  return {
    run,
    isStopping,
    start: (
      action: Pick<BulkRun, "progressLabel" | "summaryMessages" | "sendBatch" | "remaining" | "total">,
    ) => void execute({ ...action, counts: {}, processed: 0, failures: [], state: "running" }),
    resume: () => run && void execute(run),
    stop: () => {
      stopRequested.current = true;
      setStopping(true);
    },
    close: () => setRun(null),
  };
}

/** Runs the next batch and returns the updated run. */
async function runNextBatch(run: BulkRun, stopRequested: { readonly current: boolean }): Promise<BulkRun> {
  const [target, ...laterBatches] = run.remaining;
  if (!target) return { ...run, state: "done" };
  if (stopRequested.current) return { ...run, state: "stopped" };
  const result = await run.sendBatch(target).catch(() => null);
  if (!result?.ok) return { ...run, state: "failed", message: result?.message ?? null };
  const { results, next: nextQuery } = result.value;
  const failed = results.filter(({ outcome }) => outcome !== "done");
  return {
    ...run,
    remaining: nextQuery === null ? laterBatches : [{ query: nextQuery }, ...laterBatches],
    counts: addToCounts(run.counts, results),
    processed: run.processed + results.length,
    failures: [...run.failures, ...failed].slice(0, MAX_FAILURES),
  };
}
