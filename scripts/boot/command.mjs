import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { signal } from './process.mjs';
import { BootError } from './log.mjs';

const patienceMs = 5_000;

/** The groups of the commands that run now. @type {Set<number>} */
const running = new Set();

/** Ends the commands that have not ended yet, with all that they started. */
export async function endCommands() {
  for (const pid of running) signal(-pid, 'SIGTERM');
  for (const until = Date.now() + patienceMs; running.size > 0 && Date.now() < until;)
    await sleep(25);
  for (const pid of running) signal(-pid, 'SIGKILL');
}

/**
 * Runs a command to its end. Its output is shown only if it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions & { what?: string }} [options] `what` it does,
 *   for the message where it fails
 * @returns {Promise<string>} what it printed
 */
export function execute(command, args, { what, ...options } = {}) {
  return new Promise((resolve, reject) => {
    // In a group of its own, so that it can be ended with its children when we are stopped.
    const child = spawn(command, args, {
      ...options,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const pid = child.pid ?? 0;
    if (pid) running.add(pid);
    let output = '';
    const collect = (/** @type {string} */ chunk) => void (output += chunk);
    child.stdout?.setEncoding('utf8').on('data', collect);
    child.stderr?.setEncoding('utf8').on('data', collect);
    child.on('error', (error) =>
      reject(new BootError(`${command} could not be started: ${error.message}`)),
    );
    child.on('close', (code, signalName) => {
      running.delete(pid);
      if (code === 0) return resolve(output);
      const tail = output.trim().split('\n').slice(-40).join('\n');
      const title = what ?? `${command} ${args.join(' ')}`;
      reject(new BootError(`${title} failed (${signalName ?? `exit code ${code}`}).\n${tail}`));
    });
  });
}
