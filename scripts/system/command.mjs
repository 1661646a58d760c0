import { spawn } from 'node:child_process';
import { Failure } from './failure.mjs';

const shownLines = 30;

/** Process groups of commands that run now; they die with this process. @type {Set<number>} */
const running = new Set();

/** Ends what `command` started and has not ended yet. */
export function endCommands() {
  for (const pid of running) {
    try {
      process.kill(-pid, 'SIGTERM');
    } catch (error) {
      if (error.code !== 'ESRCH') throw error;
    }
  }
}

/**
 * Runs a command to its end, silently unless it fails.
 * @param {string} file @param {string[]} args
 * @param {{ what: string, cwd?: string, env?: NodeJS.ProcessEnv }} options `what` it does, for the error
 * @returns {Promise<string>} what it wrote
 * @throws {Failure} with the last lines it wrote
 */
export function command(file, args, { what, cwd, env }) {
  return new Promise((resolve, reject) => {
    // In a group of its own: a Ctrl-C is ours to pass on, once.
    const child = spawn(file, args, {
      cwd,
      env: { ...process.env, ...env },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const collect = (/** @type {string} */ text) => void (output += text);
    child.stdout.setEncoding('utf8').on('data', collect);
    child.stderr.setEncoding('utf8').on('data', collect);
    if (child.pid) running.add(child.pid);
    child.once('error', (error) => reject(new Failure(`${what} failed: ${error.message}`)));
    child.once('close', (code, signal) => {
      running.delete(child.pid ?? 0);
      if (code === 0) return resolve(output);
      const lines = output.trimEnd().split('\n').slice(-shownLines).join('\n');
      reject(new Failure(`${what} failed (${signal ?? `exit code ${code}`}):\n${lines}`));
    });
  });
}
