import { Time } from "@/components/ui/time";
import { describeActivity, type TimelineEntry } from "@/lib/activity/activity-types";

/** What happened to a person, newest first: what, by whom, when (REQ-C11). */
export function Timeline({ entries }: { entries: readonly TimelineEntry[] }) {
  return (
    <ol className="timeline">
      {entries.map((entry) => (
        <li key={entry.id}>
          <span>
            {describeActivity(entry)}
            {entry.actorName ? ` by ${entry.actorName}` : ""}
          </span>
          <Time at={entry.at} now={entry.now} />
        </li>
      ))}
    </ol>
  );
}
