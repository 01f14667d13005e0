import { absoluteTime, relativeTime } from "@/components/ui/relative-time";

/**
 * A moment in relative words, its absolute time with zone on hover, focus and press (spec/ux.md). `now` is the
 * caller's (the database's clock, REQ-C1), so that server and browser say the same. The tooltip shows the reader's own
 * zone; without JavaScript the browser's shows UTC.
 */
export function Time({ at, now }: { at: Date; now: Date }) {
  return (
    <button type="button" className="moment" title={absoluteTime(at)} data-tip="">
      <time dateTime={at.toISOString()}>{relativeTime(at, now)}</time>
    </button>
  );
}
