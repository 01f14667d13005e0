"use client";

import X from "lucide-react/icons/x";
import { Fragment, type ReactNode, type RefObject, useLayoutEffect, useRef, useState } from "react";
import { BulkProgress, BulkResult } from "@/components/table/bulk-progress";
import { inBatches, type Run, type Send, useBulkRun } from "@/components/table/bulk-run";
import type { Selection } from "@/components/table/selection";
import { Button, IconButton } from "@/components/ui/button";
import { Confirm, preloadConfirm } from "@/components/ui/confirm";
import type { ActionResult } from "@/lib/result/action-result";

/** Something that can be done to many. It acts, asks first, or lets choose what it gives. */
export type BulkVerb = {
  label: string;
  /** Why it cannot be done now. */
  why?: string | undefined;
  danger?: boolean;
} & Pick<Run, "doing" | "short"> &
  (
    | { send: Send; ask?: (whom: string) => { title: string; description: string } }
    | { choose: (choosing: Choosing) => ReactNode }
  );

/** What a form needs that chooses before something is done: whom it is about, in words, and what to call then. */
export type Choosing = {
  open: boolean;
  whom: string;
  start: (send: Send) => void;
  close: () => void;
  afterwards: RefObject<HTMLElement | null>;
};

type Props = Selection & {
  /** "invitations": one of them, and several. */
  nouns: readonly [string, string];
  /** The ids of those who are ticked and can be ticked. */
  chosen: readonly string[];
  /** Everybody on this page, as the boxes know them. */
  onPage: readonly string[];
  /** The list's query, where it has more than this page. */
  query: string | null;
  count: () => Promise<ActionResult<number | null>>;
  verbs: readonly BulkVerb[];
  /** The address of somebody's page, up to their id; undefined where the actor cannot open it. */
  profile: string | undefined;
};

/** Beyond it nobody counts. */
const CAP = 10_000;

/**
 * What can be done with those who are ticked, or with all that match (REQ-C9): above the list, in reach wherever one has
 * scrolled to. While something runs it shows how far it has come, and afterwards what became of each.
 */
export default function BulkBar(props: Props) {
  const { nouns, chosen, onPage, query, count, verbs, selected, select } = props;
  const [whole, setWhole] = useState<{ of: ReadonlySet<string>; count: number | null } | null>(null);
  // What was asked last stays while its question closes.
  const [asking, setAsking] = useState<BulkVerb | null>(null);
  const [isAsking, setIsAsking] = useState(false);
  const { run, isStopping, start, goOn, stop, close } = useBulkRun();
  const bar = useRef<HTMLElement>(null);
  // Ticking or unticking anybody ends "all that match".
  const isWhole = query !== null && whole?.of === selected;
  const isShown = run !== null || chosen.length > 0;
  const phase = run ? run.state : isShown ? "choosing" : "nothing";
  const last = useRef(phase);
  // A button that is gone when it is pressed must not take the focus with it.
  useLayoutEffect(() => {
    if (last.current === phase) return;
    last.current = phase;
    if (document.activeElement !== document.body) return;
    const there = bar.current ?? document.querySelector<HTMLElement>(".data-table thead input");
    there?.focus();
  });
  if (!isShown) return null;

  const total = isWhole ? (whole.count === null || whole.count > CAP ? null : whole.count) : chosen.length;
  const many = isWhole ? (total ?? CAP + 1) : chosen.length;
  const whom = `${isWhole ? "all " : ""}${inFigures(isWhole ? whole.count : many)}${nouns[many === 1 ? 0 : 1]}${isWhole ? " that match" : ""}`;
  const begin = ({ doing, short }: BulkVerb, send: Send) => {
    setIsAsking(false);
    start({ doing, short, send, total, rest: isWhole ? [{ query: query ?? "" }] : inBatches(chosen) });
  };
  const press = (verb: BulkVerb) => {
    if ("send" in verb && !verb.ask) begin(verb, verb.send);
    else {
      setAsking(verb);
      setIsAsking(true);
    }
  };
  const takeAll = async () => {
    const of = new Set(onPage);
    const result = await count().catch(() => null);
    select(of);
    setWhole({ of, count: result?.ok ? result.value : null });
  };
  const question = asking && "send" in asking ? asking.ask?.(whom) : undefined;
  return (
    <section ref={bar} className="bulk" tabIndex={-1} aria-label={`Selected ${nouns[1]}`}>
      {run?.state === "running" ? (
        <BulkProgress run={run} isStopping={isStopping} stop={stop} />
      ) : run ? (
        <BulkResult run={run} goOn={goOn} close={close} profile={props.profile} />
      ) : (
        <>
          <div className="bulk-whom">
            <p role="status">{isWhole ? `${sentence(whom)} are selected` : `${chosen.length} selected`}</p>
            {query !== null && !isWhole ? (
              <Button variant="quiet" size="small" onClick={takeAll}>
                Select all that match
              </Button>
            ) : null}
            <IconButton
              label="Clear selection"
              icon={<X size={16} aria-hidden />}
              onClick={() => select(new Set())}
            />
          </div>
          <div className="bulk-verbs">
            {verbs.map((verb) => (
              <Button
                key={verb.label}
                size="small"
                variant={verb.danger ? "danger" : "plain"}
                disabledReason={verb.why}
                onClick={() => press(verb)}
                onPointerEnter={preloadConfirm}
                onFocus={preloadConfirm}
              >
                {verb.label}
              </Button>
            ))}
          </div>
        </>
      )}
      <Confirm
        open={isAsking && question !== undefined}
        close={() => setIsAsking(false)}
        title={question?.title ?? ""}
        description={question?.description ?? ""}
        label={asking?.label ?? ""}
        onConfirm={async () => {
          if (asking && "send" in asking) begin(asking, asking.send);
          return null;
        }}
        afterwards={bar}
      />
      {asking && "choose" in asking ? (
        <Fragment key={asking.label}>
          {asking.choose({
            open: isAsking,
            whom,
            start: (send) => begin(asking, send),
            close: () => setIsAsking(false),
            afterwards: bar,
          })}
        </Fragment>
      ) : null}
    </section>
  );
}

/** "1,234 ", "10,000+ ", or nothing where nobody could count them. */
function inFigures(many: number | null): string {
  if (many === null) return "";
  return many > CAP ? "10,000+ " : `${many.toLocaleString("en-US")} `;
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
