import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { type Ended, ended, outputOf, runProgram } from '../support/run-program.js';

/** `nobody`, where we may choose: the image runs as a user who owns none of its files. */
const unprivileged = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

const optionsOf = (image: string, env: Record<string, string>) => ({
  cwd: image,
  // Nothing of ours: a container gets what its file says.
  env: { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production', ...env },
  ...unprivileged,
});

const command = (role: string) => ['--enable-source-maps', join('deploy', 'role.mjs'), role];

/** Runs a role of an image to its end. */
export const runRole = (image: string, role: string, env: Record<string, string>): Promise<Ended> =>
  runProgram(process.execPath, command(role), optionsOf(image, env));

/** A role that runs until it is stopped. */
export type RunningRole = {
  /** All that it has said. */
  output(): string;
  /** Asks it to stop as a container engine does. @returns its exit code, or the signal */
  stop(): Promise<number | string | null>;
};

/** Starts a role of an image. */
export function startRole(image: string, role: string, env: Record<string, string>): RunningRole {
  const child = spawn(process.execPath, command(role), {
    ...optionsOf(image, env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return {
    output: outputOf(child),
    async stop() {
      child.kill('SIGTERM');
      return ended(child);
    },
  };
}
