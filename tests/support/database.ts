import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataFolder } from '../../scripts/boot/data-folder.mjs';
import { freePort } from '../../scripts/boot/ports.mjs';
import { embeddedPostgres } from '../../scripts/boot/postgres.mjs';
import { supervise } from '../../scripts/boot/supervise.mjs';

/** A PostgreSQL server that belongs to no installation. */
export type Database = { url: string; port: number; stop(): Promise<void> };

/** Starts an empty database of one's own. */
export async function startDatabase(): Promise<Database> {
  const dataDir = mkdtempSync(join(tmpdir(), 'crmflow-database-'));
  openDataFolder(dataDir);
  const port = await freePort();
  const { url, part } = await embeddedPostgres(dataDir, port);
  const server = supervise(dataDir, part);
  await server.up(60_000);
  return {
    url,
    port,
    async stop() {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
