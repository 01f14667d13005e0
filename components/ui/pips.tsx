/** How many of the allowed resends are used (REQ-C3): a filled pip for each, `limit` from 0 to 10. */
export function Pips({ used, limit }: { used: number; limit: number }) {
  if (limit === 0) return <span className="field-hint">None allowed</span>;
  const filled = Math.min(used, limit);
  return (
    <svg
      className="pips"
      viewBox={`0 0 ${limit * 10 - 2} 8`}
      role="img"
      aria-label={`${used} of ${limit} ${limit === 1 ? "resend" : "resends"} used`}
    >
      {Array.from({ length: limit }, (_, place) => place * 10 + 4).map((x, place) => (
        <circle key={x} cx={x} className={place < filled ? "used" : undefined} />
      ))}
    </svg>
  );
}
