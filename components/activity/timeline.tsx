import { Time } from "@/components/ui/time";
import { inTimelineWords, type TimelineEntry } from "@/lib/activity/happenings";

/** What happened to a person, newest first: what, by whom, when (R C11). */
export function Timeline({ entries }: { entries: readonly TimelineEntry[] }) {
  return (
    <ol className="timeline">
      {entries.map((entry) => (
        <li key={entry.id}>
          <span>
            {inTimelineWords(entry)}
            {entry.actorName ? ` by ${entry.actorName}` : ""}
          </span>
          <Time at={entry.at} now={entry.now} />
        </li>
      ))}
    </ol>
  );
}
