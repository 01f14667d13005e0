/** The middle of some figures, with the least and the greatest. */
export type Spread = { median: number; least: number; most: number };

export function quantile(figures: readonly number[], part: number): number {
  const sorted = figures.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * part;
  const [below = Number.NaN, above = below] = sorted.slice(Math.floor(at), Math.floor(at) + 2);
  return below + (above - below) * (at % 1);
}

export function spread(figures: readonly number[]): Spread {
  return { median: quantile(figures, 0.5), least: Math.min(...figures), most: Math.max(...figures) };
}

/** Of one figure of `a` and one of `b`, drawn at random: how often the first is the greater; even ones count half. */
export function chanceSlower(a: readonly number[], b: readonly number[]): number {
  const greater = a.map((one) =>
    b.reduce((sum, other) => sum + (one > other ? 1 : one === other ? 0.5 : 0), 0),
  );
  return greater.reduce((sum, many) => sum + many, 0) / (a.length * b.length);
}

/** How many times `a` is of `b`, round by round: what both met in one round, they met together. */
export function ratios(a: readonly number[], b: readonly number[]): Spread {
  return spread(a.map((figure, round) => figure / (b[round] ?? Number.NaN)));
}
