import { randomBytes } from "node:crypto";
import { closeDatabase } from "@/lib/db/client";
import { prepareQueue, stopSending } from "@/lib/jobs/queue";
import { migrate } from "@/lib/postgres/migrate";
import { startStandIn } from "../e2e/servers";
import { playKills } from "./kills";
import { playNews } from "./news";
import { testServer } from "./test-server";

/**
 * `npm run proof:letters [-- --kills <number>]`: 200 kills of sending processes in the middle of their work, counted in the
 * log of the provider's stand-in; then 10,000 pieces of the provider's news, shuffled and repeated (security, Letters). A
 * line for each kill; ends with 1 if a letter was lost or doubled, or ended in another state.
 */
const at = process.argv.indexOf("--kills");
const kills = at === -1 ? 200 : Number(process.argv[at + 1]);

const server = await testServer();
const standIn = await startStandIn();
const variables = {
  DATABASE_URL: server.url,
  FOYER_SECRET: randomBytes(32).toString("base64"),
  FOYER_KEYS: `1:${randomBytes(32).toString("base64")}`,
  FOYER_FROM: "Northwind <invitations@northwind.org>",
  RESEND_API_KEY: "re_stand_in",
  RESEND_BASE_URL: standIn.origin,
  FOYER_LOG_LEVEL: "error",
};
// People are invited by the product's own command, in this process.
Object.assign(process.env, variables);

try {
  await migrate(server.url, "prisma/migrations");
  await prepareQueue();
  const began = performance.now();
  const { owed, calls, repeated, most } = await playKills(standIn, variables, kills, console.log);
  const minutes = ((performance.now() - began) / 60_000).toFixed(1);
  console.log(
    `${kills} kills in ${minutes} minutes: ${owed} letters owed, ${owed} taken, each once, one body for each key. ` +
      `${calls} calls, ${repeated} of them repeated; at most ${most} within any 5 seconds.`,
  );
  const news = await playNews(10_000);
  console.log(
    `${news.told} pieces of news about ${news.letters} letters, shuffled and each twice, in ${news.seconds.toFixed(1)} s: ` +
      "each letter ended where its news lead.",
  );
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await stopSending();
  await closeDatabase();
  await standIn.stop();
  await server.stop();
}
