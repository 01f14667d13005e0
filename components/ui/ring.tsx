import { ringSegments } from "@/components/ui/ring-segments";

/** A segment and the gap after it, in the units of the circle's path length. */
const LIT = 8;
const STEP = 10;

/**
 * The expiry ring: a segment for each day, lit for those left. It repeats what the words beside it say, so it is
 * hidden from readers. Drawn with presentation attributes only: the CSP lets no style attribute through.
 */
export function ExpiryRing({ days, left }: { days: number; left: number }) {
  const { count, lit } = ringSegments(days, left);
  const length = count * STEP;
  const gap = count === 1 ? 0 : STEP - LIT;
  const every = `${STEP - gap} ${gap}`;
  const rest = length - lit * STEP + gap;
  const circle = {
    cx: 8,
    cy: 8,
    r: 6,
    fill: "none",
    stroke: "currentColor",
    strokeWidth: 2.2,
    pathLength: length,
    strokeDashoffset: -gap / 2,
    transform: "rotate(-90 8 8)",
  };
  return (
    <svg className="expiry-ring" viewBox="0 0 16 16" aria-hidden="true">
      {lit < count ? <circle {...circle} strokeDasharray={every} opacity={0.28} /> : null}
      {lit > 0 ? (
        <circle {...circle} strokeDasharray={`${`${every} `.repeat(lit - 1)}${STEP - gap} ${rest}`} />
      ) : null}
    </svg>
  );
}
