import { afterAll } from "vitest";
import { closeDatabase } from "@/lib/db/client";
import { closeQueue } from "@/lib/jobs/queue";
import { dropIsolatedDatabases } from "./isolated-database";

// Runs for every file of integration tests, after the file's own hooks. Migrations and queues already exist: see
// `test/global-setup.ts`.
afterAll(async () => {
  await closeQueue();
  await closeDatabase();
  await dropIsolatedDatabases();
});
