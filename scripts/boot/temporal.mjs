import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { noteCreated, refuseLost } from './created.mjs';
import { environmentOfServer } from './environment.mjs';
import { findTemporalCli } from './temporal-cli.mjs';
import { log } from './log.mjs';
import { isTemporalResponding } from './responding.mjs';

/**
 * The embedded Temporal server as a part to supervise.
 * @param {string} dataDir
 * @param {number} port
 * @param {import('./temporal-ui.mjs').Place} [ui] where it serves its UI; without it not at all
 * @returns {Promise<{ address: string, part: import('./supervise.mjs').Part }>}
 */
export async function embeddedTemporal(dataDir, port, ui) {
  // Built by now, but not when this file is loaded.
  const config = await import('@crmflow/temporal-config');
  const { temporalSettings, dynamicConfig, devServerFlags } = config;
  const { connectTemporal, prepareNamespace } = config;
  const databaseFile = join(dataDir, 'temporal.db');
  if (!existsSync(databaseFile)) refuseLost(dataDir, 'temporal.db', databaseFile);
  const { command, origin } = await findTemporalCli(temporalSettings.devServer.version);
  log(`  Temporal server: ${command} (${origin})`);
  const address = `127.0.0.1:${port}`;
  const args = devServerFlags(temporalSettings, dynamicConfig, {
    port,
    ui,
    databaseFile,
  });
  async function isUp() {
    const connection = await connectTemporal({ address }, 1_000);
    try {
      await prepareNamespace(connection, temporalSettings);
      noteCreated(dataDir, 'temporal.db');
      return true;
    } finally {
      await connection.close();
    }
  }
  return {
    address,
    part: {
      name: 'temporal',
      command,
      args,
      options: { cwd: dataDir, env: environmentOfServer() },
      isUp,
      isResponding: () => isTemporalResponding(address),
      stopSignal: 'SIGTERM',
    },
  };
}
