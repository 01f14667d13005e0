import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import * as engineModule from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";

/** pg-boss has its tables in a separate schema; in Foyer's schema all objects are Foyer's. */
export const NO_EXTERNAL_OBJECTS: engineModule.SchemaFilter = { externalTables: [], externalEnums: [] };

/**
 * Runs a function with Prisma's schema engine as WebAssembly on the database at `url`, because Prisma's
 * command line would download a binary. `schemas` are the contents of the schema files.
 */
export async function withSchemaEngine<T>(
  url: string,
  schemas: engineModule.SchemaContainer[],
  callback: (engine: engineModule.SchemaEngine) => Promise<T>,
): Promise<T> {
  await loadEngine();
  const pool = new pg.Pool({ connectionString: url });
  try {
    const adapter = bindMigrationAwareSqlAdapterFactory(catalogReader(pool));
    const datamodels = schemas.map(({ path, content }): [string, string] => [path, content]);
    return await callback(await engineModule.SchemaEngine.new({ datamodels }, () => undefined, adapter));
  } finally {
    await pool.end();
  }
}

const CHAR = 18;
const JSON_TYPE = 114;

/**
 * Returns an adapter that can read PostgreSQL's catalogs. Prisma's adapter does not support the internal type
 * "char", which many catalogs use. It is passed through the adapter as JSON, which no catalog uses, and
 * changed back afterwards.
 */
function catalogReader(pool: pg.Pool): SqlMigrationAwareDriverAdapterFactory {
  const run = pool.query.bind(pool) as (query: pg.QueryArrayConfig) => Promise<pg.QueryArrayResult>;
  const query = async (config: pg.QueryArrayConfig) => {
    const result = await run(config);
    for (const field of result.fields) if (field.dataTypeID === CHAR) field.dataTypeID = JSON_TYPE;
    return result;
  };
  const factory = new PrismaPg(Object.assign(pool, { query }));
  const connect = async (): Promise<SqlDriverAdapter> => {
    const adapter = await factory.connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (statement) => {
      const result = await queryRaw(statement);
      const columnTypes = result.columnTypes.map((type) =>
        type === ColumnTypeEnum.Json ? ColumnTypeEnum.Character : type,
      );
      return { ...result, columnTypes };
    };
    return adapter;
  };
  const { provider, adapterName } = factory;
  // The engine uses a shadow database only to replay migrations, which lib/postgres/migrate.ts does instead.
  return { provider, adapterName, connect, connectToShadowDb: connect };
}

/** Loads the engine by hand, because Node 20 cannot import .wasm files. */
async function loadEngine(): Promise<void> {
  // The engine reports the reason of a panic here.
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
