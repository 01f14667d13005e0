"use client";

import { useLocale, useTimeZone } from "next-intl";
import styles from "@/components/ui/timestamp.module.css";
import { formatRelativeTime, formatShortTime } from "@/lib/i18n/format";

/**
 * Renders a relative time, with the absolute time in a tooltip on hover, focus and click (docs/ui-rules.md).
 * `now` is passed in (the database clock, REQ-C1), so that server and browser render the same text. The
 * tooltip uses the reader's time zone; without JavaScript, the browser's own tooltip uses the organization's.
 */
export function Timestamp({ at, now }: { at: Date; now: Date }) {
  const locale = useLocale();
  const timeZone = useTimeZone() ?? "UTC";
  return (
    <button
      type="button"
      className={styles.timestamp}
      title={formatShortTime(at, locale, timeZone)}
      data-tip=""
      suppressHydrationWarning
    >
      <time dateTime={at.toISOString()} suppressHydrationWarning>
        {formatRelativeTime(at, now, locale)}
      </time>
    </button>
  );
}
