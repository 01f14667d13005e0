import { Timestamp } from "@/components/ui/timestamp";
import { describeActivity, type TimelineEntry } from "@/lib/activity/activity-types";

/** A member's activity, newest first, with actor and time (REQ-C11). */
export function Timeline({ entries }: { entries: readonly TimelineEntry[] }) {
  return (
    <ol className="timeline">
      {entries.map((entry) => (
        <li key={entry.id}>
          <span>
            {describeActivity(entry)}
            {entry.actorName ? ` by ${entry.actorName}` : ""}
          </span>
          <Timestamp at={entry.at} now={entry.now} />
        </li>
      ))}
    </ol>
  );
}
