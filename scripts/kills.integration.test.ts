import { randomBytes } from "node:crypto";
import os from "node:os";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDatabase } from "@/lib/db/client";
import { prepareQueue, stopSending } from "@/lib/jobs/queue";
import { makeOrganization } from "@/lib/mail/fixture";
import { ownDatabase } from "@/scripts/own-database";
import { type StandIn, startStandIn, startWorker } from "../e2e/servers";
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

test("H2 a worker without a shared database or without the secrets of those who serve says so, and does nothing", async () => {
  await expect(startWorker({ ...variables, DATABASE_URL: "" })).rejects.toThrow(
    "npm run worker needs DATABASE_URL.",
  );
  const bare = { ...variables, FOYER_SECRET: "", FOYER_KEYS: "" };
  await expect(startWorker(bare)).rejects.toThrow("needs the secrets of the processes that serve");
  const foreign = { ...variables, FOYER_KEYS: `1:${randomBytes(32).toString("base64")}` };
  await (await makeOrganization()).invite("lea");
  await expect(startWorker(foreign)).rejects.toThrow("another key 1 than the one in the key ring");
});
