import { useEffect, useRef, useState } from "react";
import { BATCH_SIZE, type BulkAnswer, type BulkBatch, count, type Tally } from "@/lib/lists/bulk";
import type { ActionResult } from "@/lib/result/action-result";

/** Up to 100 by their ids, or all that match, from some place on. */
export type Whom = { ids: string[] } | { query: string };

/** Does one batch on the server, and shows the rows that came back. */
export type Send = (whom: Whom) => Promise<ActionResult<BulkBatch>>;

/** Something done to many, as far as it has come. */
export type Run = {
  /** What is being done, and what is said of those who got an answer. */
  doing: string;
  short: Readonly<Record<string, string>>;
  send: Send;
  /** The batches that are left; the first one is under way while it runs. */
  rest: Whom[];
  /** How many there are; null where nobody counted them. */
  total: number | null;
  tally: Tally;
  answered: number;
  /** Those to whom it was not done, the first hundred. */
  problems: BulkAnswer[];
  state: "running" | "stopped" | "failed" | "done";
  /** Why it failed. */
  message?: string;
};

/** So many names are listed; the rest are counted. */
const MOST_PROBLEMS = 100;

/** These people in batches. */
export function inBatches(ids: readonly string[]): Whom[] {
  return Array.from({ length: Math.ceil(ids.length / BATCH_SIZE) }, (_, at) => ({
    ids: ids.slice(at * BATCH_SIZE, (at + 1) * BATCH_SIZE),
  }));
}

/**
 * Runs batch after batch until all are answered, somebody presses **Stop**, or one is refused: what was done until then
 * stands, and `goOn` repeats the batch that failed and goes on after it. Leaving the page stops it after the batch that is
 * under way.
 */
export function useBulkRun() {
  const [run, setRun] = useState<Run | null>(null);
  const [isStopping, setStopping] = useState(false);
  const stopped = useRef(false);
  const going = useRef(false);
  useEffect(
    () => () => {
      stopped.current = true;
    },
    [],
  );

  const go = async (from: Run) => {
    // A second press while it runs does nothing.
    if (going.current) return;
    going.current = true;
    stopped.current = false;
    setStopping(false);
    let now: Run = { ...from, state: "running" };
    while (now.state === "running") {
      setRun(now);
      now = await next(now, stopped);
    }
    going.current = false;
    setRun(now);
  };
  return {
    run,
    isStopping,
    start: (what: Pick<Run, "doing" | "short" | "send" | "rest" | "total">) =>
      void go({ ...what, tally: {}, answered: 0, problems: [], state: "running" }),
    goOn: () => run && void go(run),
    stop: () => {
      stopped.current = true;
      setStopping(true);
    },
    close: () => setRun(null),
  };
}

/** The run after one more batch. */
async function next(run: Run, stopped: { readonly current: boolean }): Promise<Run> {
  const [whom, ...others] = run.rest;
  if (!whom) return { ...run, state: "done" };
  if (stopped.current) return { ...run, state: "stopped" };
  const result = await run.send(whom).catch(() => null);
  if (!result?.ok)
    return { ...run, state: "failed", message: result?.message ?? "The server could not be reached." };
  const { answers, next: after } = result.value;
  const missed = answers.filter(({ answer }) => answer !== "done");
  return {
    ...run,
    rest: after === null ? others : [{ query: after }, ...others],
    tally: count(run.tally, answers),
    answered: run.answered + answers.length,
    problems: [...run.problems, ...missed].slice(0, MOST_PROBLEMS),
  };
}
