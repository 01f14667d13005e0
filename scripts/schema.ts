import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { migrateDatabase } from "@/lib/postgres/migrate";
import { NO_EXTERNAL_OBJECTS, withSchemaEngine } from "./schema-engine";
import { startScratchDatabase } from "./scratch-database";

const SCHEMA = "prisma/schema.prisma";
const MIGRATIONS = "prisma/migrations";

/**
 * `npm run migration -- <name>` writes the next migration: the difference between the existing migrations and
 * schema.prisma. `npm run check:schema` fails if there is a difference. Both use Prisma's engine as
 * WebAssembly on a temporary PostgreSQL.
 */
async function main([command, name]: string[]): Promise<number> {
  if (command !== "check" && !/^[a-z0-9_]+$/.test(name ?? "")) {
    console.error("Name the migration with a-z, 0-9 and _, for example: npm run migration -- add_rooms");
    return 1;
  }
  const database = await startScratchDatabase();
  await migrateDatabase(database.url, MIGRATIONS);
  const difference = await createDiff(database.url);
  await database.stop();
  const isEqual = difference.replaceAll(/^--.*$/gm, "").trim() === "";
  if (command === "check") return reportCheck(isEqual, difference);
  if (isEqual) {
    console.log(`No migration needed: ${SCHEMA} matches the existing migrations. For SQL that Prisma can't`);
    console.log(`express, create ${newMigrationFolder(name ?? "")}/migration.sql yourself.`);
    return 0;
  }
  const folder = newMigrationFolder(name ?? "");
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "migration.sql"), difference);
  console.log(
    `Created ${folder}/migration.sql. Review it, and add what Prisma can't express (checks, partial indexes).`,
  );
  return 0;
}

function reportCheck(isEqual: boolean, difference: string): number {
  if (isEqual) return 0;
  console.error(`${SCHEMA} doesn't match the migrations. Difference:\n`);
  console.error(difference);
  console.error("Create a migration: npm run migration -- <name>");
  return 1;
}

function newMigrationFolder(name: string): string {
  const time = new Date().toISOString().replaceAll(/\D/g, "").slice(0, 14);
  return `${MIGRATIONS}/${time}_${name}`;
}

/** Returns the SQL that changes the database at `url` to match schema.prisma. */
async function createDiff(url: string): Promise<string> {
  const files = [{ path: SCHEMA, content: await readFile(SCHEMA, "utf8") }];
  return withSchemaEngine(url, files, async (engine) => {
    const result = await engine.diff({
      from: { tag: "schemaDatasource", files, configDir: "." },
      to: { tag: "schemaDatamodel", files },
      script: true,
      exitCode: null,
      filters: NO_EXTERNAL_OBJECTS,
    });
    return result.stdout ?? "";
  });
}

process.exitCode = await main(process.argv.slice(2));
