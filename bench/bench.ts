import os from "node:os";
import { parseArgs } from "node:util";
import { type BenchContext, startBenchContext } from "./context";
import { measureAccept } from "./parts/accept";
import { measureBrowser } from "./parts/browser";
import { measureEmailDelivery } from "./parts/emails";
import { measureInvite } from "./parts/invite";
import { measureMemory } from "./parts/memory";
import { measurePages } from "./parts/pages";
import { measureSearches } from "./parts/searches";
import { formatTable, type GoalRow } from "./report";
import { PEER_NAME } from "./targets/better-auth";

/** In this order: memory is measured after the load, and the emails need a second installation. */
const PARTS: Record<string, (context: BenchContext) => Promise<GoalRow[]>> = {
  invite: measureInvite,
  accept: measureAccept,
  pages: measurePages,
  searches: measureSearches,
  browser: measureBrowser,
  memory: measureMemory,
  emails: measureEmailDelivery,
};

/**
 * `npm run bench [-- --only invite,pages] [--rounds 9] [--operations 20] [--people 1000000]`: measures the goals table and
 * prints it as markdown. A missed goal does not fail the run, but an incorrect response ends the run, because its time would be
 * meaningless.
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
    throw new Error(`Unknown parts: ${unknown.join(", ")}. Available: ${Object.keys(PARTS).join(", ")}`);
  const parseAmount = (text: string) => Math.max(1, Math.floor(Number(text)) || 1);
  const context = await startBenchContext({
    rounds: parseAmount(values.rounds),
    operations: parseAmount(values.operations),
    people: parseAmount(values.people),
  });
  const rows: GoalRow[] = [];
  try {
    for (const [name, measure] of Object.entries(PARTS)) {
      if (!only.includes(name)) continue;
      console.error(`Measuring: ${name}`);
      rows.push(...(await measure(context)));
    }
  } finally {
    await context.stop();
    print(context, rows);
  }
}

function print(context: BenchContext, rows: readonly GoalRow[]): void {
  const load = os
    .loadavg()
    .map((figure) => figure.toFixed(1))
    .join(", ");
  console.log(`\n${context.machine}, at the end ${load}.`);
  console.log(
    `Peer: the organization plugin of ${PEER_NAME} on node:http, same PostgreSQL. ${context.rounds} interleaved rounds after one to warm up; medians, and for ratios the median of the rounds with their range.\n`,
  );
  console.log(formatTable(rows));
}

await main();
