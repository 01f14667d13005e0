import { randomBytes } from "node:crypto";
import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { makeOrganization } from "@/lib/mail/fixture";
import { startDatabase } from "@/lib/postgres/embedded";
import { startFoyer, startWorker } from "../servers";

const ends: (() => Promise<void>)[] = [];
test.afterAll(async () => {
  for (const end of ends.reverse()) await end();
});

test("H2 with FOYER_WORKER=off what serves sends nothing, and npm run worker sends what is owed", async () => {
  test.setTimeout(120_000);
  const folder = await mkdtemp(path.join(os.tmpdir(), "foyer-worker-"));
  await chmod(folder, 0o711);
  ends.push(() => rm(folder, { recursive: true, force: true }));
  for (const name of ["data", "database"]) await mkdir(path.join(folder, name));
  const database = await startDatabase(path.join(folder, "database"));
  ends.push(database.stop);
  const variables = {
    DATABASE_URL: database.url,
    FOYER_SECRET: randomBytes(32).toString("base64"),
    FOYER_KEYS: `1:${randomBytes(32).toString("base64")}`,
    FOYER_WORKER: "off",
  };
  // People are invited by the product's own command, which reads the same variables.
  const before = { ...process.env };
  Object.assign(process.env, variables);
  ends.push(async () => {
    process.env = before;
  });
  const foyer = await startFoyer(path.join(folder, "data"), variables);
  ends.push(foyer.stop);
  expect(foyer.output()).toContain("Letters wait for `npm run worker`");
  const northwind = await makeOrganization();
  await northwind.invite("lea");
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  expect((await northwind.deliveries()).lea?.delivery).toBe("queued");

  const worker = await startWorker(variables);
  ends.push(worker.stop);
  await expect
    .poll(async () => (await northwind.deliveries()).lea?.delivery, { timeout: 20_000 })
    .toBe("kept");
});
