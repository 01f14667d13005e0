import { randomBytes } from "node:crypto";
import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { startEmbeddedDatabase } from "@/lib/postgres/embedded";
import { createTestOrganization } from "@/test/factories";
import { startFoyer, startWorker } from "../servers";

const cleanups: (() => Promise<void>)[] = [];
test.afterAll(async () => {
  for (const cleanUp of cleanups.reverse()) await cleanUp();
});

test("H2 with FOYER_WORKER=off the server sends nothing, and npm run worker sends the queued emails", async () => {
  test.setTimeout(120_000);
  const folder = await mkdtemp(path.join(os.tmpdir(), "foyer-worker-"));
  await chmod(folder, 0o711);
  cleanups.push(() => rm(folder, { recursive: true, force: true }));
  for (const name of ["data", "database"]) await mkdir(path.join(folder, name));
  const database = await startEmbeddedDatabase(path.join(folder, "database"));
  cleanups.push(database.stop);
  const variables = {
    DATABASE_URL: database.url,
    FOYER_SECRET: randomBytes(32).toString("base64"),
    FOYER_KEYS: `1:${randomBytes(32).toString("base64")}`,
    FOYER_WORKER: "off",
  };
  // The invitation is created with the product's own command, which reads the same variables.
  const before = { ...process.env };
  Object.assign(process.env, variables);
  cleanups.push(async () => {
    process.env = before;
  });
  const foyer = await startFoyer(path.join(folder, "data"), variables);
  cleanups.push(foyer.stop);
  expect(foyer.output()).toContain("FOYER_WORKER is off: `npm run worker` sends the emails.");
  const northwind = await createTestOrganization();
  await northwind.inviteBatch("lea");
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  expect((await northwind.deliveries()).lea?.delivery).toBe("queued");

  const worker = await startWorker(variables);
  cleanups.push(worker.stop);
  await expect
    .poll(async () => (await northwind.deliveries()).lea?.delivery, { timeout: 20_000 })
    .toBe("kept");
});
