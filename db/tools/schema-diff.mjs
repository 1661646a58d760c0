import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import * as engineModule from '@prisma/schema-engine-wasm/schema_engine_bg';

const schemaPath = path.resolve(
  path.dirname(fileURLToPath(import.meta.url)),
  '../prisma/schema.prisma',
);

globalThis.PRISMA_WASM_PANIC_REGISTRY = {
  set_message: (message) => process.stderr.write(`Prisma's schema engine failed: ${message}\n`),
};

async function loadEngine() {
  const wasm = new URL(
    'schema_engine_bg.wasm',
    import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg'),
  );
  const { instance } = await WebAssembly.instantiate(readFileSync(wasm), {
    './schema_engine_bg.js': engineModule,
  });
  engineModule.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return engineModule.SchemaEngine;
}

const charOid = 18;
const textOid = 25;

/**
 * The engine reads columns of the catalog's type "char", which the adapter refuses to return:
 * they pass through it as text and are named as characters again afterwards.
 */
class CatalogReadingPg extends PrismaPg {
  async connect() {
    const adapter = await super.connect();
    const performIO = adapter.performIO.bind(adapter);
    const queryRaw = adapter.queryRaw.bind(adapter);
    const charColumns = new WeakMap();
    adapter.performIO = async (query) => {
      const result = await performIO(query);
      const columns = [...result.fields.keys()].filter(
        (index) => result.fields[index].dataTypeID === charOid,
      );
      for (const index of columns) result.fields[index].dataTypeID = textOid;
      charColumns.set(query, columns);
      return result;
    };
    adapter.queryRaw = async (query) => {
      const result = await queryRaw(query);
      for (const index of charColumns.get(query)) {
        result.columnTypes[index] = ColumnTypeEnum.Character;
      }
      return result;
    };
    return adapter;
  }
}

/**
 * The SQL that turns the database at `url` into what schema.prisma describes, as Prisma's own
 * schema engine writes it; empty where the two agree.
 * @param {string} url
 * @returns {Promise<string>}
 */
export async function schemaDiff(url) {
  const content = readFileSync(schemaPath, 'utf8');
  const pool = new pg.Pool({ connectionString: url });
  const files = [{ path: schemaPath, content }];
  const adapter = bindMigrationAwareSqlAdapterFactory(new CatalogReadingPg(pool));
  const SchemaEngine = await loadEngine();
  const engine = await SchemaEngine.new({ datamodels: [[schemaPath, content]] }, () => {}, adapter);
  try {
    const { stdout } = await engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: path.dirname(schemaPath) },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    return stdout?.includes('-- This is an empty migration.') ? '' : (stdout ?? '');
  } finally {
    engine.free();
    await pool.end();
  }
}
