import os from "node:os";
import { parseArgs } from "node:util";
import { type Stage, setStage } from "./context";
import { measureAccepting } from "./parts/accept";
import { measureBrowser } from "./parts/browser";
import { measureEmailDelivery } from "./parts/emails";
import { measureInviting } from "./parts/invite";
import { measureMemory } from "./parts/memory";
import { measurePages } from "./parts/pages";
import { measureSearches } from "./parts/searches";
import { type Line, tableOf } from "./report";
import { PEER } from "./targets/better-auth";

/** In this order: memory is weighed after the load, and the letters need another start. */
const PARTS: Record<string, (stage: Stage) => Promise<Line[]>> = {
  invite: measureInviting,
  accept: measureAccepting,
  pages: measurePages,
  searches: measureSearches,
  browser: measureBrowser,
  memory: measureMemory,
  letters: measureEmailDelivery,
};

/**
 * `npm run bench [-- --only invite,pages] [--rounds 9] [--operations 20] [--people 1000000]`: the goals table, measured here
 * and now, as markdown on standard output. It measures and fails on no goal; what goes wrong does end it, because an
 * answer that is not right has no time.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: "string", default: Object.keys(PARTS).join() },
      rounds: { type: "string", default: "9" },
      operations: { type: "string", default: "20" },
      people: { type: "string", default: "1000000" },
    },
  });
  const only = values.only.split(",");
  const unknown = only.filter((name) => !PARTS[name]);
  if (unknown.length > 0)
    throw new Error(`There is no part ${unknown.join(", ")}. There are: ${Object.keys(PARTS).join(", ")}`);
  const amount = (text: string) => Math.max(1, Math.floor(Number(text)) || 1);
  const stage = await setStage({
    rounds: amount(values.rounds),
    operations: amount(values.operations),
    people: amount(values.people),
  });
  const lines: Line[] = [];
  try {
    for (const [name, measure] of Object.entries(PARTS)) {
      if (!only.includes(name)) continue;
      console.error(`Measuring: ${name}`);
      lines.push(...(await measure(stage)));
    }
  } finally {
    await stage.stop();
    print(stage, lines);
  }
}

function print(stage: Stage, lines: readonly Line[]): void {
  const load = os
    .loadavg()
    .map((figure) => figure.toFixed(1))
    .join(", ");
  console.log(`\n${stage.machine}, at the end ${load}.`);
  console.log(
    `Peer: the organization plugin of ${PEER} on node:http, same PostgreSQL. ${stage.rounds} interleaved rounds after one to warm up; medians, and of ratios the median of the rounds with their range.\n`,
  );
  console.log(tableOf(lines));
}

await main();
