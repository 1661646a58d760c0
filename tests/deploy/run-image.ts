import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** `nobody`, where we may choose: the image runs as a user who owns none of its files. */
const unprivileged = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

const optionsOf = (image: string, env: Record<string, string>) => ({
  cwd: image,
  // Nothing of ours: a container gets what its file says.
  env: { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production', ...env },
  ...unprivileged,
});

const command = (role: string) => ['--enable-source-maps', join('deploy', 'role.mjs'), role];

/** How a role that ends by itself ended. */
export type Ended = { code: number; stdout: string; stderr: string };

/** Runs a role of an image to its end. */
export async function runRole(
  image: string,
  role: string,
  env: Record<string, string>,
): Promise<Ended> {
  try {
    const run = promisify(execFile)(process.execPath, command(role), optionsOf(image, env));
    return { code: 0, ...(await run) };
  } catch (error) {
    const { code, stdout, stderr } = error as Ended;
    return { code, stdout, stderr };
  }
}

/** A role that runs until it is stopped. */
export type RunningRole = {
  /** All that it has said. */
  output(): string;
  /** Asks it to stop as a container engine does. @returns its exit code, or the signal */
  stop(): Promise<number | string | null>;
};

/** Starts a role of an image. */
export function startRole(image: string, role: string, env: Record<string, string>): RunningRole {
  const child: ChildProcess = spawn(process.execPath, command(role), {
    ...optionsOf(image, env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  }
  return {
    output: () => said,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
      return child.exitCode ?? child.signalCode;
    },
  };
}
