import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { embeddedPostgres } from '../../scripts/boot/postgres.mjs';
import type { System } from './system.js';

/** The address of an installation's embedded database, password included. */
export async function databaseUrlOf({ dataDir }: System): Promise<string> {
  const ports = JSON.parse(readFileSync(join(dataDir, 'ports.json'), 'utf8')) as {
    postgres: number;
  };
  return (await embeddedPostgres(dataDir, ports.postgres)).url;
}
