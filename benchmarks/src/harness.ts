import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { createPool } from '@crmflow/db';
import { connectTemporal } from '@crmflow/temporal-config';
import { Client as TemporalClient } from '@temporalio/client';
import type { Pool } from 'pg';
import { embeddedPostgres } from '../../scripts/boot/postgres.mjs';
import { type Client, register } from '../../tests/support/client.js';
import { type FakeGemini, startFakeGemini } from '../../tests/support/fake-gemini.js';
import { startSystem } from '../../tests/support/system.js';

/** An installation of its own, to measure: the same parts that `npm start` starts. */
export type Harness = {
  url: string;
  pool: Pool;
  databaseUrl: string;
  gemini: FakeGemini;
  /** A signed-in user. */
  user: Client;
  temporal: TemporalClient;
  temporalAddress: string;
  close(): Promise<void>;
};

/** Boots it; `close` leaves nothing behind. */
export async function openHarness(): Promise<Harness> {
  const gemini = await startFakeGemini({ chunks: 8, gap: 5 });
  const system = await startSystem({
    env: { GEMINI_API_KEY: 'fake', GEMINI_BASE_URL: gemini.url, LOG_LEVEL: 'warn' },
  });
  const { dataDir, url } = system;
  const ports = JSON.parse(readFileSync(join(dataDir, 'ports.json'), 'utf8')) as {
    postgres: number;
    temporal: number;
  };
  const { url: databaseUrl } = await embeddedPostgres(dataDir, ports.postgres);
  const pool = createPool(databaseUrl);
  const temporalAddress = `127.0.0.1:${ports.temporal}`;
  const connection = await connectTemporal({ address: temporalAddress });
  const user = await register(url);
  return {
    ...{ url, pool, databaseUrl, gemini, user, temporalAddress },
    temporal: new TemporalClient({ connection }),
    async close() {
      user.close();
      await connection.close();
      await pool.end();
      await system.stop();
      await gemini.close();
    },
  };
}
