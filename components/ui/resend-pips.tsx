/** Renders how many of the allowed resends are used (REQ-C3), one pip per resend; `limit` is 0 to 10. */
export function ResendPips({ used, limit }: { used: number; limit: number }) {
  if (limit === 0) return <span className="field-hint">None allowed</span>;
  const filled = Math.min(used, limit);
  return (
    <svg
      className="pips"
      viewBox={`0 0 ${limit * 10 - 2} 8`}
      role="img"
      aria-label={`${used} of ${limit} ${limit === 1 ? "resend" : "resends"} used`}
    >
      {Array.from({ length: limit }, (_, index) => index * 10 + 4).map((x, index) => (
        <circle key={x} cx={x} className={index < filled ? "used" : undefined} />
      ))}
    </svg>
  );
}
