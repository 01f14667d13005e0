import Link from "next/link";
import type { Run } from "@/components/table/bulk-run";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Spinner } from "@/components/ui/spinner";
import { summarize } from "@/lib/lists/bulk";

/** How far it has come, and **Stop**. */
export function BulkProgress(props: { run: Run; isStopping: boolean; stop: () => void }) {
  const { run, isStopping, stop } = props;
  const answered = run.answered.toLocaleString("en-US");
  const ofAll = run.total === null ? answered : `${answered} of ${run.total.toLocaleString("en-US")}`;
  return (
    <div className="bulk-run">
      <Spinner />
      <p role="status">{isStopping ? `Stopping after this hundred: ${ofAll}` : `${run.doing}: ${ofAll}`}</p>
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
  run: Run;
  goOn: () => void;
  close: () => void;
  /** The address of somebody's page, up to their id; undefined where the actor cannot open it. */
  profile: string | undefined;
};

/** What became of them: "12 resent, 3 at their limit", and the reason of each to whom it was not done. */
export function BulkResult({ run, goOn, close, profile }: ResultProps) {
  const { state, tally, short, problems, message } = run;
  const missed = Object.entries(tally).reduce(
    (sum, [answer, many]) => (answer === "done" ? sum : sum + many),
    0,
  );
  const beyond = missed - problems.length;
  const summary = run.answered > 0 || state === "done" ? summarize(tally, short) : "Nothing was changed";
  return (
    <Notice
      announce
      tone={state === "failed" ? "bad" : missed > 0 || state === "stopped" ? "warn" : "ok"}
      title={state === "stopped" ? `Stopped: ${summary}` : summary}
      action={
        <>
          {state === "done" ? null : (
            <Button size="small" onClick={goOn}>
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
      {problems.length > 0 ? (
        <ul className="bulk-problems" aria-label="What was not done">
          {problems.map(({ id, member, email, why }) => (
            <li key={id}>
              {member && profile ? (
                <Link href={profile + member}>{email}</Link>
              ) : (
                <b>{email || "Somebody"}</b>
              )}{" "}
              {why}
            </li>
          ))}
          {beyond > 0 ? <li>and {beyond.toLocaleString("en-US")} more</li> : null}
        </ul>
      ) : null}
    </Notice>
  );
}
