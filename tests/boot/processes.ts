import { readFileSync, rmSync } from 'node:fs';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Ended, runProgram } from '../support/run-program.js';
import { isAlive, newDataDir, type Part } from '../support/system.js';
import { until } from '../support/until.js';

/** The checkout. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** All that an installation consists of. */
export const everyPart = ['supervisor', 'postgres', 'temporal', 'worker', 'api'] as const;

/** A new data folder, gone with `remove`: empty, or set up already. */
export function newFolder(templateDir?: string): { path: string; remove: () => void } {
  const path = newDataDir(templateDir);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** The processes that a data folder names, as a naive reader reads them. */
export function pidsIn(dataDir: string, parts: readonly Part[] = everyPart): number[] {
  return parts.map((part) =>
    Number.parseInt(readFileSync(join(dataDir, 'run', `${part}.pid`), 'utf8'), 10),
  );
}

/** Waits until none of the processes is left. */
export async function allGone(pids: number[]): Promise<void> {
  await until(`none of ${pids.join(', ')} to run`, () => !pids.some(isAlive));
}

/** Runs one of the scripts to its end. */
export const runScript = (
  name: string,
  env: Record<string, string>,
  args: string[] = [],
): Promise<Ended> =>
  runProgram(process.execPath, [join(root, 'scripts', `${name}.mjs`), ...args], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'test', CRMFLOW_ENV_FILE: devNull, ...env },
  });
