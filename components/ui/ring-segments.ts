/** More segments than this are no longer told apart at 16 px. */
const MOST = 10;

/**
 * How the expiry ring is cut and how much of it is lit: one segment a day up to ten days, then even groups of days
 * (30 days are ten segments of three). An unexpired invitation shows at least one segment, an expired one none.
 * @param days the whole term, 1 to 30
 * @param left days left, fractions allowed
 */
export function ringSegments(days: number, left: number): { count: number; lit: number } {
  const grouped = Math.ceil(days / Math.ceil(days / MOST));
  if (left <= 0) return { count: grouped, lit: 0 };
  const lit = Math.round((left / days) * grouped);
  return { count: grouped, lit: Math.min(grouped, Math.max(1, lit)) };
}
