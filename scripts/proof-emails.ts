import { randomBytes } from "node:crypto";
import { closeDatabase } from "@/lib/db/client";
import { closeQueue, prepareQueue } from "@/lib/jobs/queue";
import { migrateDatabase } from "@/lib/postgres/migrate";
import { startStandIn } from "../e2e/servers";
import { startTestServer } from "../test/server";
import { runCrashTest } from "./crash-test";
import { fuzzDeliveryEvents } from "./webhook-fuzz";

/**
 * `npm run proof:emails [-- --kills <number>]`: kills worker processes 200 times while they send emails (S-MAIL-6), then
 * applies 10,000 delivery events, shuffled and repeated (S-MAIL-5). Prints a line per kill. Exits with 1 if an email was
 * lost, sent twice, or ended in the wrong state.
 */
const optionIndex = process.argv.indexOf("--kills");
const kills = optionIndex === -1 ? 200 : Number(process.argv[optionIndex + 1]);

const server = await startTestServer();
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
// This process invites people with the command of the product, which reads these variables.
Object.assign(process.env, variables);

try {
  await migrateDatabase(server.url, "prisma/migrations");
  await prepareQueue();
  const start = performance.now();
  const { enqueued, calls, repeated, maxCallsIn5Seconds } = await runCrashTest(
    standIn,
    variables,
    kills,
    console.log,
  );
  const minutes = ((performance.now() - start) / 60_000).toFixed(1);
  console.log(
    `${kills} kills in ${minutes} minutes: ${enqueued} emails enqueued and each sent once, one body per key. ` +
      `${calls} calls, ${repeated} of them repeated; at most ${maxCallsIn5Seconds} within any 5 seconds.`,
  );
  const fuzz = await fuzzDeliveryEvents(10_000);
  console.log(
    `${fuzz.applied} events about ${fuzz.emails} emails, shuffled and each applied twice, in ` +
      `${fuzz.seconds.toFixed(1)} s: every email ended in the expected state.`,
  );
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await closeQueue();
  await closeDatabase();
  await standIn.stop();
  await server.stop();
}
