import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import * as engineModule from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";
import { migrate } from "@/lib/db/migrate";
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
  const pool = new pg.Pool({ connectionString: url });
  const adapter = bindMigrationAwareSqlAdapterFactory(catalogReader(pool));
  await loadEngine();
  const datamodels = files.map((file): [string, string] => [file.path, file.content]);
  const engine = await engineModule.SchemaEngine.new({ datamodels }, () => undefined, adapter);
  const answer = await engine.diff({
    from: { tag: "schemaDatasource", files, configDir: "." },
    to: { tag: "schemaDatamodel", files },
    script: true,
    exitCode: null,
    // pg-boss keeps its tables in a schema of its own; nothing here is managed by others.
    filters: { externalTables: [], externalEnums: [] },
  });
  await pool.end();
  return answer.stdout ?? "";
}

const CHAR = 18;
const JSON_TYPE = 114;

/**
 * Prisma's adapter does not know PostgreSQL's internal one-letter type, of which the catalogs are full. It
 * is passed through disguised as JSON, which no catalog holds, and named rightly again behind the adapter.
 */
function catalogReader(pool: pg.Pool): SqlMigrationAwareDriverAdapterFactory {
  const run = pool.query.bind(pool) as (query: pg.QueryArrayConfig) => Promise<pg.QueryArrayResult>;
  const query = async (asked: pg.QueryArrayConfig) => {
    const answer = await run(asked);
    for (const field of answer.fields) if (field.dataTypeID === CHAR) field.dataTypeID = JSON_TYPE;
    return answer;
  };
  const factory = new PrismaPg(Object.assign(pool, { query }));
  const connect = async (): Promise<SqlDriverAdapter> => {
    const adapter = await factory.connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (asked) => {
      const answer = await queryRaw(asked);
      const columnTypes = answer.columnTypes.map((type) =>
        type === ColumnTypeEnum.Json ? ColumnTypeEnum.Character : type,
      );
      return { ...answer, columnTypes };
    };
    return adapter;
  };
  const { provider, adapterName } = factory;
  // The engine asks for a shadow database only to replay migrations; they are applied by our own runner.
  return { provider, adapterName, connect, connectToShadowDb: connect };
}

/** Node 20 imports no .wasm by itself: the parts of the package are put together by hand. */
async function loadEngine(): Promise<void> {
  // Where the engine tells why it stopped; without it the reason is lost.
  const registry = { set_message: (reason: string) => console.error(reason) };
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: registry });
  const file = createRequire(import.meta.url)
    .resolve("@prisma/schema-engine-wasm/schema_engine_bg")
    .replace(/\.js$/, ".wasm");
  const { instance } = await WebAssembly.instantiate(await readFile(file), {
    "./schema_engine_bg.js": engineModule,
  });
  engineModule.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
}

process.exitCode = await main(process.argv.slice(2));
