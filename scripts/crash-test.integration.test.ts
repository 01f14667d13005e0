import { randomBytes } from "node:crypto";
import os from "node:os";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestOrganization } from "@/test/factories";
import { createIsolatedDatabase } from "@/test/isolated-database";
import { type StandIn, startStandIn, startWorker } from "../e2e/servers";
import { runCrashTest } from "./crash-test";

let standIn: StandIn;
const variables: Record<string, string> = {
  FOYER_DATA: os.tmpdir(),
  FOYER_FROM: "Northwind <invitations@northwind.org>",
  RESEND_API_KEY: "re_stand_in",
};

beforeAll(async () => {
  await createIsolatedDatabase();
  standIn = await startStandIn();
  variables.RESEND_BASE_URL = standIn.origin;
  variables.DATABASE_URL = process.env.DATABASE_URL ?? "";
});

afterAll(() => standIn.stop());

// The long run is `npm run proof:emails`.
test("H2 with three worker processes killed while sending, each email is sent once, each key has one body, and the rate limit holds", async () => {
  const { enqueued, maxCallsIn5Seconds } = await runCrashTest(standIn, variables, 4);
  expect(enqueued).toBeGreaterThanOrEqual(8);
  expect(maxCallsIn5Seconds).toBeLessThanOrEqual(11);
}, 240_000);

test("H2 a worker without the shared database or the secrets of the server does not start, and says why", async () => {
  await expect(startWorker({ ...variables, DATABASE_URL: "" })).rejects.toThrow(
    "`npm run worker` requires DATABASE_URL.",
  );
  const withoutSecrets = { ...variables, FOYER_SECRET: "", FOYER_KEYS: "" };
  await expect(startWorker(withoutSecrets)).rejects.toThrow("requires the secrets of the server");
  const withOtherKeys = { ...variables, FOYER_KEYS: `1:${randomBytes(32).toString("base64")}` };
  await (await createTestOrganization()).inviteBatch("lea");
  await expect(startWorker(withOtherKeys)).rejects.toThrow("key 1, which differs in the key ring");
});
