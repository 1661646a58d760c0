import { type ChildProcess, execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
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

/** What a script printed, and how it ended. */
export type Ended = { code: number | null; stdout: string; stderr: string };

/** Runs one of the scripts to its end. */
export function runScript(
  name: string,
  env: Record<string, string>,
  args: string[] = [],
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [join(root, 'scripts', `${name}.mjs`), ...args],
      { cwd: root, env: { ...process.env, NODE_ENV: 'test', CRMFLOW_ENV_FILE: devNull, ...env } },
      (_error, stdout, stderr) => resolve({ code: child.exitCode, stdout, stderr }),
    );
  });
}

/** Waits for the end of a process. @returns its exit code, or the signal that ended it */
export async function ended(child: ChildProcess): Promise<number | string | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode ?? child.signalCode;
}
