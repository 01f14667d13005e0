/** At 16 px, more segments than this cannot be distinguished. */
const MAX_SEGMENTS = 10;

/**
 * Returns how many segments the expiry ring has and how many are lit: one per day up to ten days, then equal
 * groups of days (30 days are ten segments of three). An unexpired invitation has at least one lit segment,
 * an expired one none.
 * @param days the invitation's lifetime, 1 to 30 days
 * @param left the days left, possibly fractional
 */
export function ringSegments(days: number, left: number): { count: number; lit: number } {
  const grouped = Math.ceil(days / Math.ceil(days / MAX_SEGMENTS));
  if (left <= 0) return { count: grouped, lit: 0 };
  const lit = Math.round((left / days) * grouped);
  return { count: grouped, lit: Math.min(grouped, Math.max(1, lit)) };
}
