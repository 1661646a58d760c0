import { appendFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataFolder } from '../../scripts/boot/data-folder.mjs';
import { choosePorts } from '../../scripts/boot/ports.mjs';
import { embeddedPostgres } from '../../scripts/boot/postgres.mjs';
import { supervise } from '../../scripts/boot/supervise.mjs';
import { embeddedTemporal } from '../../scripts/boot/temporal.mjs';

/** A PostgreSQL and a Temporal server without API and worker. */
export type Services = {
  /** The data folder of an installation, as far as these two fill it. */
  dataDir: string;
  databaseUrl: string;
  temporalAddress: string;
  /** Stops both and keeps their data. */
  stop(): Promise<void>;
  /** Deletes their data. */
  remove(): void;
};

/**
 * No test switches the machine off: what a killed server has written is in the system's cache, and
 * only the disk is spared. Does nothing where the cluster lies outside of the data folder.
 */
function spareDisk(dataDir: string): void {
  const cluster = join(dataDir, 'postgres');
  if (!existsSync(cluster)) return;
  appendFileSync(join(cluster, 'postgresql.auto.conf'), 'fsync = off\nfull_page_writes = off\n');
}

/** Starts both servers on a new data folder. */
export async function startServices(): Promise<Services> {
  const dataDir = mkdtempSync(join(tmpdir(), 'crmflow-services-'));
  const remove = () => rmSync(dataDir, { recursive: true, force: true });
  openDataFolder(dataDir);
  const ports = await choosePorts(join(dataDir, 'ports.json'), ['postgres', 'temporal']);
  const { postgres = 0, temporal = 0 } = ports;
  const database = await embeddedPostgres(dataDir, postgres);
  spareDisk(dataDir);
  const engine = await embeddedTemporal(dataDir, temporal);
  const parts = [engine.part, database.part].map((part) => supervise(dataDir, part));
  const stop = async () => {
    for (const part of parts) await part.stop();
  };
  try {
    await Promise.all(parts.map((part) => part.up(60_000)));
  } catch (error) {
    await stop();
    remove();
    throw error;
  }
  return {
    ...{ dataDir, stop, remove },
    databaseUrl: database.url,
    temporalAddress: engine.address,
  };
}
