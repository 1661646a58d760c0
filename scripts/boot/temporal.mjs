import { join } from 'node:path';
import { findTemporalCli } from './temporal-cli.mjs';
import { log } from './log.mjs';

/**
 * The embedded Temporal server as a part to supervise.
 * @param {string} dataDir
 * @param {{ temporal: number, temporalUi: number }} ports
 * @returns {Promise<{ address: string, uiUrl: string, part: import('./supervise.mjs').Part }>}
 */
export async function embeddedTemporal(dataDir, ports) {
  // Built by now, but not when this file is loaded.
  const config = await import('@crmflow/temporal-config');
  const { temporalSettings, dynamicConfig, devServerFlags } = config;
  const { connectTemporal, prepareNamespace } = config;
  const { command, origin } = await findTemporalCli(temporalSettings.devServer.version);
  log(`  Temporal server: ${command} (${origin})`);
  const address = `127.0.0.1:${ports.temporal}`;
  const args = devServerFlags(temporalSettings, dynamicConfig, {
    port: ports.temporal,
    uiPort: ports.temporalUi,
    databaseFile: join(dataDir, 'temporal.db'),
  });
  async function isUp() {
    const connection = await connectTemporal(address, 1_000);
    try {
      await prepareNamespace(connection, temporalSettings);
      return true;
    } finally {
      await connection.close();
    }
  }
  return {
    address,
    uiUrl: `http://127.0.0.1:${ports.temporalUi}`,
    part: {
      name: 'temporal',
      command,
      args,
      options: { cwd: dataDir },
      isUp,
      stopSignal: 'SIGTERM',
    },
  };
}
