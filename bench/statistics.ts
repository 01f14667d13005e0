/** The median, minimum and maximum of some values. */
export type Spread = { median: number; min: number; max: number };

export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const position = (sorted.length - 1) * q;
  const [below = Number.NaN, above = below] = sorted.slice(Math.floor(position), Math.floor(position) + 2);
  return below + (above - below) * (position % 1);
}

export function spread(values: readonly number[]): Spread {
  return { median: quantile(values, 0.5), min: Math.min(...values), max: Math.max(...values) };
}

/** Returns how often a random value of `a` is greater than a random value of `b`, from 0 to 1; ties count half. */
export function chanceSlower(a: readonly number[], b: readonly number[]): number {
  const greater = a.map((value) =>
    b.reduce((sum, other) => sum + (value > other ? 1 : value === other ? 0.5 : 0), 0),
  );
  return greater.reduce((sum, count) => sum + count, 0) / (a.length * b.length);
}

/** Returns the spread of `a` divided by `b`, per round: both ran under the same conditions in each round. */
export function ratios(a: readonly number[], b: readonly number[]): Spread {
  return spread(a.map((value, round) => value / (b[round] ?? Number.NaN)));
}
