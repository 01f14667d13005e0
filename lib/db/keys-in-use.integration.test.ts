import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { env } from "@/lib/config/env";
import { closeDatabase } from "@/lib/db/client";
import { refuseMissingKeys } from "@/lib/db/keys-in-use";
import { prepareQueue, stopSending } from "@/lib/jobs/queue";
import { createTestOrganization } from "@/lib/organizations/fixture";

const url = process.env.TEST_DATABASE_URL ?? "";
const other = (id: number) => ({ id, secret: randomBytes(32) });

beforeAll(async () => {
  await prepareQueue();
  await (await createTestOrganization()).invite();
});
afterAll(async () => {
  await stopSending();
  await closeDatabase();
});

test("H2 a ring that holds the keys of all open links starts, also with a newer key before them", async () => {
  await refuseMissingKeys(url, env().keys);
  await refuseMissingKeys(url, [other(7), ...env().keys]);
});

test("H2 a ring without the key of an open link does not start, and says which", async () => {
  await expect(refuseMissingKeys(url, [other(7)])).rejects.toThrow(
    /made with key 1, which the key ring does not hold/,
  );
});

test("H2 another key under the same number does not start either", async () => {
  await expect(refuseMissingKeys(url, [other(1)])).rejects.toThrow(/another key 1/);
});
