import type { Spread } from "./statistics";

/** One row of the goals table. */
export type GoalRow = {
  metric: string;
  /** The compared product and the lower bound, if there are any. */
  peer?: string;
  bare?: string;
  foyer: string;
  goal: string;
  /** Null if the goal cannot be checked. */
  met: boolean | null;
};

/** Formats "4.81 ms" or "97 ms". */
export function formatMs(milliseconds: number): string {
  return `${formatNumber(milliseconds)} ms`;
}

/** Formats "1.62× (1.41–1.88)": the median of the rounds and their range. */
export function formatRatio({ median, min, max }: Spread): string {
  return `${formatNumber(median)}× (${formatNumber(min)}–${formatNumber(max)})`;
}

export function formatNumber(figure: number): string {
  const decimals = Math.abs(figure) >= 100 ? 0 : Math.abs(figure) >= 10 ? 1 : 2;
  return figure.toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

/** Formats the rows as a markdown table. */
export function formatTable(lines: readonly GoalRow[]): string {
  const cells = lines.map((line) => [
    line.metric,
    line.peer ?? "–",
    line.bare ?? "–",
    line.foyer,
    line.goal,
    line.met === null ? "–" : line.met ? "yes" : "**no**",
  ]);
  const rows = [
    ["metric", "peer", "bare limit", "Foyer", "goal", "met"],
    ["---", "---", "---", "---", "---", "---"],
    ...cells,
  ];
  return rows.map((row) => `| ${row.join(" | ")} |`).join("\n");
}
