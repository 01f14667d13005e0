import { ringSegments } from "@/components/ui/ring-segments";

/** A segment and the gap after it, in the units of the circle's path length. */
const LIT = 8;
const GAP = 2;
const STEP = LIT + GAP;

/**
 * The expiry ring: a segment for each day, lit for those left. It repeats what the words beside it say, so it is
 * hidden from readers. Cut by attributes, since the CSP lets no style attribute through; the rest is in marks.css,
 * since fifty of them come with a page.
 */
export function ExpiryRing({ days, left }: { days: number; left: number }) {
  const { count, lit } = ringSegments(days, left);
  const length = count * STEP;
  // A term of one day is a ring without a cut.
  const segment = count === 1 ? `${STEP} 0` : `${LIT} ${GAP}`;
  const unlit = length - lit * STEP;
  return (
    <svg className="expiry-ring" viewBox="0 0 16 16" aria-hidden="true">
      {lit < count ? <circle pathLength={length} strokeDasharray={segment} /> : null}
      {lit > 0 ? (
        <circle
          className="lit"
          pathLength={length}
          strokeDasharray={unlit > 0 ? `${`${segment} `.repeat(lit)}0 ${unlit}` : segment}
        />
      ) : null}
    </svg>
  );
}
