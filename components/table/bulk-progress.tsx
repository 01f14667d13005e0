import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import styles from "@/components/table/bulk-progress.module.css";
import type { BulkRun } from "@/components/table/use-bulk-action";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Spinner } from "@/components/ui/spinner";
import { summarizeCounts } from "@/lib/lists/bulk";

/** Renders the progress of a bulk action and a Stop button. */
export function BulkProgress(props: { run: BulkRun; isStopping: boolean; stop: () => void }) {
  const t = useTranslations();
  const { run, isStopping, stop } = props;
  const { processed, total } = run;
  return (
    <div className={styles.progress}>
      <Spinner />
      <p role="status">
        <span>{isStopping ? t("admin.table.stopping") : run.progressLabel}</span>{" "}
        <span>
          {total === null
            ? t("admin.table.processed", { processed })
            : t("admin.table.processedOf", { processed, total })}
        </span>
      </p>
      <Button
        size="small"
        onClick={stop}
        disabledReason={isStopping ? t("admin.table.stopsAfterBatch") : undefined}
      >
        {t("admin.table.stop")}
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
 * Renders the results of a bulk action: "12 resent, 3 at the limit", and the reason for each failed item.
 */
export function BulkResult({ run, resume, close, profileBaseUrl }: ResultProps) {
  const t = useTranslations();
  const locale = useLocale();
  const { state, counts, summaryMessages, failures, message } = run;
  const failedCount = Object.entries(counts).reduce(
    (sum, [outcome, count]) => (outcome === "done" ? sum : sum + count),
    0,
  );
  const unlistedCount = failedCount - failures.length;
  const summary =
    run.processed > 0 || state === "done"
      ? summarizeCounts({ t, locale }, counts, summaryMessages)
      : t("admin.table.noChanges");
  return (
    <Notice
      announce
      tone={state === "failed" ? "bad" : failedCount > 0 || state === "stopped" ? "warn" : "ok"}
      title={state === "stopped" ? t("admin.table.stopped", { summary }) : summary}
      action={
        <>
          {state === "done" ? null : (
            <Button size="small" onClick={resume}>
              {t("admin.table.continue")}
            </Button>
          )}
          <Button size="small" onClick={close}>
            {t("common.close")}
          </Button>
        </>
      }
    >
      {state === "failed" ? <p>{message ?? t("errors.actions.unreachable")}</p> : null}
      {failures.length > 0 ? (
        <ul className={styles.failures} aria-label={t("admin.table.notDone")}>
          {failures.map(({ id, member, email, message: reason }) => (
            <li key={id}>
              {member && profileBaseUrl ? (
                <Link href={profileBaseUrl + member}>{email}</Link>
              ) : (
                <b>{email || t("admin.table.unknownUser")}</b>
              )}{" "}
              {reason}
            </li>
          ))}
          {unlistedCount > 0 ? <li>{t("admin.table.moreFailures", { count: unlistedCount })}</li> : null}
        </ul>
      ) : null}
    </Notice>
  );
}
