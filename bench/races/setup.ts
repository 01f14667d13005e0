import { randomBytes } from "node:crypto";
import { closeDatabase } from "@/lib/db/client";
import { closeQueue, prepareQueue } from "@/lib/jobs/queue";
import { migrateDatabase } from "@/lib/postgres/migrate";
import { startTestServer } from "@/test/server";
import { indexJobs } from "./db-snapshot";

/**
 * Starts a PostgreSQL with a database only for the races: they use up to 80 connections and count every job. Call it
 * before anything reads the settings. No worker delivers emails here; only the races do.
 */
export async function setUpRaceDatabase(): Promise<{ stop(): Promise<void> }> {
  const server = await startTestServer();
  process.env.DATABASE_URL = server.url;
  process.env.FOYER_SECRET ??= randomBytes(32).toString("base64");
  process.env.FOYER_KEYS ??= `1:${randomBytes(32).toString("base64")}`;
  await migrateDatabase(server.url, "prisma/migrations");
  await prepareQueue();
  await indexJobs();
  return {
    async stop() {
      await closeQueue();
      await closeDatabase();
      await server.stop();
    },
  };
}
