import type { Spread } from "./statistics";

/** One line of the goals table (performance, the table). */
export type Line = {
  what: string;
  /** The measured peer and the bare limit, where there is one. */
  peer?: string;
  bare?: string;
  foyer: string;
  goal: string;
  /** Null: nothing here to hold it against. */
  met: boolean | null;
};

/** 4.81 ms, 97 ms. */
export function ms(figure: number): string {
  return `${inFigures(figure)} ms`;
}

/** 1.62× (1.41–1.88): the median of the rounds, and their range. */
export function times({ median, least, most }: Spread): string {
  return `${inFigures(median)}× (${inFigures(least)}–${inFigures(most)})`;
}

export function inFigures(figure: number): string {
  const decimals = Math.abs(figure) >= 100 ? 0 : Math.abs(figure) >= 10 ? 1 : 2;
  return figure.toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

/** The lines as a table of markdown. */
export function tableOf(lines: readonly Line[]): string {
  const cells = lines.map((line) => [
    line.what,
    line.peer ?? "–",
    line.bare ?? "–",
    line.foyer,
    line.goal,
    line.met === null ? "–" : line.met ? "yes" : "**no**",
  ]);
  const rows = [
    ["what", "peer", "bare limit", "Foyer", "goal", "met"],
    ["---", "---", "---", "---", "---", "---"],
    ...cells,
  ];
  return rows.map((row) => `| ${row.join(" | ")} |`).join("\n");
}
