import styles from "@/components/ui/expiry-ring.module.css";
import { ringSegments } from "@/components/ui/ring-segments";

/** The length of a segment and of the gap after it, in units of the circle's path length. */
const SEGMENT = 8;
const GAP = 2;
const STEP = SEGMENT + GAP;

/**
 * Renders the expiry ring: a segment per day, lit for the days left. It is hidden from screen readers because
 * the text beside it says the same. The segments are SVG attributes, because the CSP forbids style
 * attributes; everything else is in CSS to keep the HTML of fifty rings per page small.
 */
export function ExpiryRing({ days, left }: { days: number; left: number }) {
  const { count, lit } = ringSegments(days, left);
  const length = count * STEP;
  // A one-day invitation is a ring without a gap.
  const segment = count === 1 ? `${STEP} 0` : `${SEGMENT} ${GAP}`;
  const unlit = length - lit * STEP;
  return (
    <svg className={styles.ring} viewBox="0 0 16 16" aria-hidden="true">
      {lit < count ? <circle pathLength={length} strokeDasharray={segment} /> : null}
      {lit > 0 ? (
        <circle
          data-lit=""
          pathLength={length}
          strokeDasharray={unlit > 0 ? `${`${segment} `.repeat(lit)}0 ${unlit}` : segment}
        />
      ) : null}
    </svg>
  );
}
