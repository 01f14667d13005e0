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

/** pg-boss keeps its tables in a schema of its own; in ours nothing is managed by others. */
export const NOTHING_FOREIGN: engineModule.SchemaFilter = { externalTables: [], externalEnums: [] };

/**
 * Prisma's schema engine as WebAssembly, on the database at `url`: what its command line would do with a binary that it
 * downloads. `files` are the schema it knows.
 */
export async function withSchemaEngine<T>(
  url: string,
  files: engineModule.SchemaContainer[],
  work: (engine: engineModule.SchemaEngine) => Promise<T>,
): Promise<T> {
  await loadEngine();
  const pool = new pg.Pool({ connectionString: url });
  try {
    const adapter = bindMigrationAwareSqlAdapterFactory(catalogReader(pool));
    const datamodels = files.map((file): [string, string] => [file.path, file.content]);
    return await work(await engineModule.SchemaEngine.new({ datamodels }, () => undefined, adapter));
  } finally {
    await pool.end();
  }
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
