import { useLocale, useTranslations } from "next-intl";
import styles from "@/components/activity/timeline.module.css";
import { Timestamp } from "@/components/ui/timestamp";
import { describeActivity, type TimelineEntry } from "@/lib/activity/activity-types";

type Props = {
  entries: readonly TimelineEntry[];
  /** "rail" connects the entries with a line. */
  variant?: "plain" | "rail";
};

/** A member's activity, newest first, with the time (REQ-C11). */
export function Timeline({ entries, variant = "plain" }: Props) {
  const translation = { t: useTranslations(), locale: useLocale() };
  return (
    <ol className={styles[variant]} data-slot="timeline">
      {entries.map((entry) => (
        <li key={entry.id}>
          <span>{describeActivity(translation, entry)}</span>
          <Timestamp at={entry.at} now={entry.now} />
        </li>
      ))}
    </ol>
  );
}
