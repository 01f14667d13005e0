import { randomBytes } from "node:crypto";
import { prepareQueue } from "@/lib/jobs/queue";
import { migrateDatabase } from "@/lib/postgres/migrate";
import { copyTemplate, dropDatabase } from "./isolated-database";
import { startTestServer } from "./server";

/**
 * Prepares the databases of an integration test run once: a template with the migrations and the job queues, and a copy of
 * it that the test files share. Sets TEST_DATABASE_URL and DATABASE_URL to the URL of the copy.
 */
export default async function setUpDatabase(): Promise<() => Promise<void>> {
  const server = await startTestServer();
  process.env.TEST_TEMPLATE_URL = server.url;
  process.env.DATABASE_URL = server.url;
  process.env.FOYER_SECRET ??= randomBytes(32).toString("base64");
  process.env.FOYER_KEYS ??= `1:${randomBytes(32).toString("base64")}`;
  await migrateDatabase(server.url, "prisma/migrations");
  await prepareQueue();
  const shared = await copyTemplate();
  process.env.TEST_DATABASE_URL = shared;
  process.env.DATABASE_URL = shared;
  return async () => {
    await dropDatabase(shared);
    await server.stop();
  };
}
