import Link from "next/link";
import styles from "@/components/table/bulk-progress.module.css";
import type { BulkRun } from "@/components/table/use-bulk-action";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Spinner } from "@/components/ui/spinner";
import { summarizeCounts } from "@/lib/lists/bulk";

/** Renders the progress of a bulk action and a Stop button. */
export function BulkProgress(props: { run: BulkRun; isStopping: boolean; stop: () => void }) {
  const { run, isStopping, stop } = props;
  const processed = run.processed.toLocaleString("en-US");
  const progress = run.total === null ? processed : `${processed} of ${run.total.toLocaleString("en-US")}`;
  return (
    <div className={styles.progress}>
      <Spinner />
      <p role="status">
        {isStopping ? `Stopping after this hundred: ${progress}` : `${run.progressLabel}: ${progress}`}
      </p>
      <Button
        size="small"
        onClick={stop}
        disabledReason={isStopping ? "It stops after this hundred" : undefined}
      >
        Stop
      </Button>
    </div>
  );
}

type ResultProps = {
  run: BulkRun;
  resume: () => void;
  close: () => void;
  /** URL of a profile page without the id; undefined if the actor cannot open profiles. */
  profileBaseUrl: string | undefined;
};

/**
 * Renders the results of a bulk action: "12 resent, 3 at their limit", and the reason for each failed item.
 */
export function BulkResult({ run, resume, close, profileBaseUrl }: ResultProps) {
  const { state, counts, summaryTexts, failures, message } = run;
  const failedCount = Object.entries(counts).reduce(
    (sum, [outcome, count]) => (outcome === "done" ? sum : sum + count),
    0,
  );
  const unlistedCount = failedCount - failures.length;
  const summary =
    run.processed > 0 || state === "done" ? summarizeCounts(counts, summaryTexts) : "Nothing was changed";
  return (
    <Notice
      announce
      tone={state === "failed" ? "bad" : failedCount > 0 || state === "stopped" ? "warn" : "ok"}
      title={state === "stopped" ? `Stopped: ${summary}` : summary}
      action={
        <>
          {state === "done" ? null : (
            <Button size="small" onClick={resume}>
              Go on
            </Button>
          )}
          <Button size="small" onClick={close}>
            Close
          </Button>
        </>
      }
    >
      {message ? <p>{message}</p> : null}
      {failures.length > 0 ? (
        <ul className={styles.failures} aria-label="What was not done">
          {failures.map(({ id, member, email, message: reason }) => (
            <li key={id}>
              {member && profileBaseUrl ? (
                <Link href={profileBaseUrl + member}>{email}</Link>
              ) : (
                <b>{email || "Unknown user"}</b>
              )}{" "}
              {reason}
            </li>
          ))}
          {unlistedCount > 0 ? <li>and {unlistedCount.toLocaleString("en-US")} more</li> : null}
        </ul>
      ) : null}
    </Notice>
  );
}
