import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { readMigrations } from "@/lib/postgres/migrate";
import { NO_EXTERNAL_OBJECTS, withSchemaEngine } from "./schema-engine";

test("after our migrations `prisma migrate deploy` finds nothing edited, nothing failed and nothing to do", async () => {
  const migrations = await readMigrations("prisma/migrations");
  const list = {
    baseDir: "prisma/migrations",
    lockfile: {
      path: "migration_lock.toml",
      content: await readFile("prisma/migrations/migration_lock.toml", "utf8"),
    },
    shadowDbInitScript: "",
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok" as const, value: sql } },
    })),
  };
  const schema = [{ path: "prisma/schema.prisma", content: await readFile("prisma/schema.prisma", "utf8") }];
  await withSchemaEngine(process.env.TEST_DATABASE_URL ?? "", schema, async (engine) => {
    const request = { migrationsList: list, optInToShadowDatabase: false, filters: NO_EXTERNAL_OBJECTS };
    expect(await engine.diagnoseMigrationHistory(request)).toMatchObject({
      hasMigrationsTable: true,
      editedMigrationNames: [],
      failedMigrationNames: [],
      history: null,
    });
    expect(await engine.applyMigrations({ migrationsList: list, filters: NO_EXTERNAL_OBJECTS })).toEqual({
      appliedMigrationNames: [],
    });
  });
});
