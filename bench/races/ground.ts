import { randomBytes } from "node:crypto";
import { closeDatabase } from "@/lib/db/client";
import { prepareQueue, stopSending } from "@/lib/jobs/queue";
import { migrate } from "@/lib/postgres/migrate";
import { testServer } from "@/scripts/test-server";
import { indexJobs } from "./ledger";

/**
 * A database for races alone, on a PostgreSQL of their own: they take up to eighty connections, and count every job.
 * Call it before anything reads the settings; nobody delivers letters here unless a player does.
 */
export async function prepareGround(): Promise<{ clear(): Promise<void> }> {
  const server = await testServer();
  process.env.DATABASE_URL = server.url;
  process.env.FOYER_SECRET ??= randomBytes(32).toString("base64");
  process.env.FOYER_KEYS ??= `1:${randomBytes(32).toString("base64")}`;
  await migrate(server.url, "prisma/migrations");
  await prepareQueue();
  await indexJobs();
  return {
    async clear() {
      await stopSending();
      await closeDatabase();
      await server.stop();
    },
  };
}
