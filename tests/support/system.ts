import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../scripts/boot/ports.mjs';
import { outputOf } from './run-program.js';
import { until } from './until.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A part of an installation. */
export type Part = 'supervisor' | 'postgres' | 'temporal' | 'api' | 'worker';

/** A running installation, seen from outside. */
export type System = {
  url: string;
  port: number;
  dataDir: string;
  pidOf(part: Part): number | undefined;
  /** Sends SIGKILL to a part and waits until it is gone. */
  kill(part: Part): Promise<void>;
};

/** An installation of its own: ports and data that no other has. */
export type OwnSystem = System & {
  /** What the supervisor has printed. */
  output(): string;
  /** Asks for an orderly stop, and waits for it. @returns the exit code */
  stop(): Promise<number | null>;
};

export type SystemOptions = {
  env?: Record<string, string>;
  /** A data folder to carry on with; without it a new one, which `stop` removes. */
  dataDir?: string;
  /** A data folder that was set up before, whose copy the new one is. */
  templateDir?: string;
  port?: number;
};

/** Whether a process runs; one that is dead and was not reaped yet does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

function readPid(dataDir: string, part: Part): number | undefined {
  try {
    return Number.parseInt(readFileSync(join(dataDir, 'run', `${part}.pid`), 'utf8'), 10);
  } catch {
    return undefined;
  }
}

/** Whether everything answers. */
export async function isReady(url: string): Promise<boolean> {
  const response = await fetch(`${url}/ready`).catch(() => undefined);
  const body = (await response?.json().catch(() => undefined)) as { status?: string } | undefined;
  return body?.status === 'ready';
}

/** The installation on a data folder that somebody else has started. */
export function systemAt(dataDir: string, port: number): System {
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    dataDir,
    pidOf: (part) => readPid(dataDir, part),
    async kill(part) {
      const pid = await until(`a running ${part}`, () => {
        const found = readPid(dataDir, part);
        return found !== undefined && isAlive(found) && found;
      });
      process.kill(pid, 'SIGKILL');
      await until(`${part} to be gone`, () => !isAlive(pid));
    },
  };
}

/** What a data folder keeps, in files or folders whose names begin so; SQLite has several files. */
const lasting = ['encryption.key', 'installation.id', 'postgres', 'temporal.db'];

/** A new data folder: a copy of one that was set up before, or an empty one. */
export function newDataDir(templateDir?: string): string {
  const dataDir = mkdtempSync(join(tmpdir(), 'crmflow-'));
  if (templateDir === undefined) return dataDir;
  const names = readdirSync(templateDir).filter((name) =>
    lasting.some((start) => name.startsWith(start)),
  );
  // Where the cluster lies elsewhere (see databaseFolder), there is nothing to copy.
  if (!names.includes('postgres')) return dataDir;
  const paths = names.map((name) => join(templateDir, name));
  // With the owners: PostgreSQL has an account of its own where we are root.
  execFileSync('cp', ['-a', ...paths, dataDir]);
  return dataDir;
}

/** Starts the supervisor without waiting for it. */
function spawnSystem(
  dataDir: string,
  port: number,
  env: Record<string, string> = {},
): ChildProcess {
  return spawn(process.execPath, [join(root, 'scripts/start.mjs')], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_ENV: 'test',
      // What a developer has set up for themselves is not part of a test.
      CRMFLOW_ENV_FILE: devNull,
      CRMFLOW_RATE_LIMITS: 'off',
      ...env,
      CRMFLOW_DATA_DIR: dataDir,
      PORT: String(port),
    },
  });
}

/** Starts an installation and waits until it is ready. */
export async function startSystem(options: SystemOptions = {}): Promise<OwnSystem> {
  const dataDir = options.dataDir ?? newDataDir(options.templateDir);
  const port = options.port ?? (await freePort());
  const child = spawnSystem(dataDir, port, options.env);
  const output = outputOf(child);
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      // A test that failed may have left it stopped.
      child.kill('SIGCONT');
      await once(child, 'exit');
    }
    if (!options.dataDir) rmSync(dataDir, { recursive: true, force: true });
    return child.exitCode;
  };
  const ready = until(
    'the system to be ready',
    () => {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`The system ended:\n${output()}`);
      return output().includes('CRMFlow is ready at');
    },
    { timeoutMs: 180_000 },
  );
  // One that never got ready would outlive the test.
  await ready.catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { ...systemAt(dataDir, port), output, stop };
}
