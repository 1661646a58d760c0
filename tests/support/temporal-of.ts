import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import type { System } from './system.js';

/** Where the Temporal server of an installation listens. */
export function temporalAddressOf({ dataDir }: System): string {
  const ports = JSON.parse(readFileSync(join(dataDir, 'ports.json'), 'utf8')) as {
    temporal: number;
  };
  return `127.0.0.1:${ports.temporal}`;
}

/** A client of the Temporal server of an installation; close its connection. */
export async function temporalOf(system: System): Promise<Client> {
  const connection = await Connection.connect({ address: temporalAddressOf(system) });
  return new Client({ connection });
}
