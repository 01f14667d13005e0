import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { migrate } from "@/lib/postgres/migrate";
import { NOTHING_FOREIGN, withSchemaEngine } from "./schema-engine";
import { scratchDatabase } from "./scratch-database";

const SCHEMA = "prisma/schema.prisma";
const MIGRATIONS = "prisma/migrations";

/**
 * `npm run migration -- <name>`: writes the next migration, from what the migrations make to what
 * schema.prisma wants. `npm run check:schema`: fails when there is such a difference.
 * Both use Prisma's engine as WebAssembly against a throw-away PostgreSQL of our own.
 */
async function main([command, name]: string[]): Promise<number> {
  if (command !== "check" && !/^[a-z0-9_]+$/.test(name ?? "")) {
    console.error("Name the migration in small letters, digits and _: npm run migration -- add_rooms");
    return 1;
  }
  const database = await scratchDatabase();
  await migrate(database.url, MIGRATIONS);
  const difference = await diff(database.url);
  await database.stop();
  const isSame = difference.replaceAll(/^--.*$/gm, "").trim() === "";
  if (command === "check") return check(isSame, difference);
  if (isSame) {
    console.log(`${SCHEMA} and the migrations agree: there is nothing to write. For SQL that Prisma cannot`);
    console.log(`say, make ${folderFor(name ?? "")}/migration.sql by hand.`);
    return 0;
  }
  const folder = folderFor(name ?? "");
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "migration.sql"), difference);
  console.log(
    `${folder}/migration.sql is written. Read it, and add what Prisma cannot say (checks, partial indexes).`,
  );
  return 0;
}

function check(isSame: boolean, difference: string): number {
  if (isSame) return 0;
  console.error(`${SCHEMA} and the migrations differ. From the migrations to the schema it would take:\n`);
  console.error(difference);
  console.error("Write it as a migration: npm run migration -- <name>");
  return 1;
}

function folderFor(name: string): string {
  const time = new Date().toISOString().replaceAll(/\D/g, "").slice(0, 14);
  return `${MIGRATIONS}/${time}_${name}`;
}

/** The SQL that leads from the database at `url` to schema.prisma. */
async function diff(url: string): Promise<string> {
  const files = [{ path: SCHEMA, content: await readFile(SCHEMA, "utf8") }];
  return withSchemaEngine(url, files, async (engine) => {
    const answer = await engine.diff({
      from: { tag: "schemaDatasource", files, configDir: "." },
      to: { tag: "schemaDatamodel", files },
      script: true,
      exitCode: null,
      filters: NOTHING_FOREIGN,
    });
    return answer.stdout ?? "";
  });
}

process.exitCode = await main(process.argv.slice(2));
