import os from "node:os";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDatabase } from "@/lib/db/client";
import { prepareQueue, stopSending } from "@/lib/jobs/queue";
import { ownDatabase } from "@/scripts/own-database";
import { type StandIn, startStandIn } from "../e2e/servers";
import { playKills } from "./kills";

let own: Awaited<ReturnType<typeof ownDatabase>>;
let standIn: StandIn;
const variables: Record<string, string> = {
  FOYER_DATA: os.tmpdir(),
  FOYER_FROM: "Northwind <invitations@northwind.org>",
  RESEND_API_KEY: "re_stand_in",
};

beforeAll(async () => {
  own = await ownDatabase();
  standIn = await startStandIn();
  variables.RESEND_BASE_URL = standIn.origin;
  variables.DATABASE_URL = process.env.DATABASE_URL ?? "";
  await prepareQueue();
});

afterAll(async () => {
  await stopSending();
  await closeDatabase();
  await standIn.stop();
  await own.drop();
});

// The long run is `npm run proof:letters`.
test("H2 three worker processes, killed in the middle of sends: each letter once, one body for each key, at the provider's pace", async () => {
  const { owed, most } = await playKills(standIn, variables, 4);
  expect(owed).toBeGreaterThanOrEqual(8);
  expect(most).toBeLessThanOrEqual(11);
}, 240_000);
