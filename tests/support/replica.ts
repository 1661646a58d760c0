import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../scripts/boot/ports.mjs';
import { databaseUrlOf } from './database-of.js';
import type { System } from './system.js';
import { temporalAddressOf } from './temporal-of.js';
import { until } from './until.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A further process of an installation, which nobody starts again. */
export type Replica = {
  /** Where it answers: the API itself, or the metrics of the worker. */
  url: string;
  pid: number;
  kill(): Promise<void>;
};

/** Starts a further api or worker beside those of an installation, and waits until it answers. */
export async function startReplica(
  system: System,
  part: 'api' | 'worker',
  env: Record<string, string> = {},
): Promise<Replica> {
  const port = await freePort();
  const child = spawn(process.execPath, [join(root, part, 'dist/main.js')], {
    cwd: root,
    stdio: 'ignore',
    env: {
      ...process.env,
      CRMFLOW_RATE_LIMITS: 'off',
      ENCRYPTION_KEY: readFileSync(join(system.dataDir, 'encryption.key'), 'utf8'),
      ...env,
      DATABASE_URL: await databaseUrlOf(system),
      TEMPORAL_ADDRESS: temporalAddressOf(system),
      TEMPORAL_TASK_QUEUE: 'crmflow',
      PORT: String(port),
      WORKER_METRICS_PORT: String(port),
    },
  });
  const url = `http://127.0.0.1:${port}`;
  await until(
    `a further ${part}`,
    async () => {
      if (child.exitCode !== null) throw new Error(`the further ${part} has ended`);
      return (await fetch(`${url}/health`).catch(() => undefined))?.ok;
    },
    { timeoutMs: 120_000 },
  );
  return {
    url,
    pid: child.pid ?? 0,
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}
