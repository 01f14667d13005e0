import { formatAbsoluteTime, formatRelativeTime } from "@/components/ui/format-time";
import styles from "@/components/ui/timestamp.module.css";

/**
 * Renders a relative time, with the absolute time in a tooltip on hover, focus and click (docs/ui-rules.md).
 * `now` is passed in (the database clock, REQ-C1), so that server and browser render the same text. The
 * tooltip uses the reader's time zone; without JavaScript, the browser's own tooltip shows UTC.
 */
export function Timestamp({ at, now }: { at: Date; now: Date }) {
  return (
    <button type="button" className={styles.timestamp} title={formatAbsoluteTime(at)} data-tip="">
      <time dateTime={at.toISOString()}>{formatRelativeTime(at, now)}</time>
    </button>
  );
}
