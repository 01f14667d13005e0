import { randomBytes } from "node:crypto";
import { migrateDatabase } from "@/lib/postgres/migrate";
import { startTestServer } from "./test-server";

/**
 * Creates and migrates the database of an integration test run, and sets TEST_DATABASE_URL and DATABASE_URL
 * to its URL.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const server = await startTestServer();
  process.env.TEST_DATABASE_URL = server.url;
  process.env.DATABASE_URL = server.url;
  process.env.FOYER_SECRET ??= randomBytes(32).toString("base64");
  process.env.FOYER_KEYS ??= `1:${randomBytes(32).toString("base64")}`;
  await migrateDatabase(server.url, "prisma/migrations");
  return () => server.stop();
}
