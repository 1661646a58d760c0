import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openDataFolder } from '../../scripts/boot/data-folder.mjs';
import { embeddedPostgres } from '../../scripts/boot/postgres.mjs';
import { choosePorts } from '../../scripts/boot/ports.mjs';
import { supervise } from '../../scripts/boot/supervise.mjs';
import { embeddedTemporal } from '../../scripts/boot/temporal.mjs';

/** A database and a Temporal server for the integration tests, gone when they are over. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'crmflow-services-'));
  openDataFolder(dataDir);
  const ports = await choosePorts(join(dataDir, 'ports.json'), [
    'postgres',
    'temporal',
    'temporalUi',
  ]);
  const postgres = await embeddedPostgres(dataDir, ports['postgres'] ?? 0);
  const temporal = await embeddedTemporal(dataDir, {
    temporal: ports['temporal'] ?? 0,
    temporalUi: ports['temporalUi'] ?? 0,
  });
  const parts = [temporal.part, postgres.part].map((part) => supervise(dataDir, part));
  await Promise.all(parts.map((part) => part.up(60_000)));
  project.provide('databaseUrl', postgres.url);
  project.provide('temporalAddress', temporal.address);
  return async () => {
    for (const part of parts) await part.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string;
    temporalAddress: string;
  }
}
