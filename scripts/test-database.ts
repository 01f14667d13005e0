import { randomBytes } from "node:crypto";
import { migrate } from "@/lib/postgres/migrate";
import { testServer } from "./test-server";

/** The database of the integration tests, once a run. Migrated; its address is TEST_DATABASE_URL and DATABASE_URL. */
export default async function setup(): Promise<() => Promise<void>> {
  const server = await testServer();
  process.env.TEST_DATABASE_URL = server.url;
  process.env.DATABASE_URL = server.url;
  process.env.FOYER_SECRET ??= randomBytes(32).toString("base64");
  process.env.FOYER_KEYS ??= `1:${randomBytes(32).toString("base64")}`;
  await migrate(server.url, "prisma/migrations");
  return () => server.stop();
}
