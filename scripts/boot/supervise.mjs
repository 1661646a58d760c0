import { spawn } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { removePid, writePid } from './pid-file.mjs';
import { startTimeOf, terminate } from './process.mjs';
import { BootError, warn } from './log.mjs';

/**
 * A part of the product: a program that is kept running.
 * @typedef {object} Part
 * @property {string} name
 * @property {string} command
 * @property {string[]} args
 * @property {import('node:child_process').SpawnOptions} options
 * @property {() => void} [beforeStart] before each start
 * @property {() => Promise<boolean>} isUp whether it is responding; a rejection counts as not yet
 * @property {NodeJS.Signals} stopSignal
 * @property {number} [patienceMs] how long it may take to stop before it is killed
 */

/** A part that ran this long is restarted immediately: its crash is not part of a loop. */
const steadyMs = 5_000;
const firstPauseMs = 250;
const maxPauseMs = 10_000;
/** How often a part may exit before it was first up, until we give up. */
const maxBootAttempts = 4;
const maxLogBytes = 10_000_000;

/**
 * How long to wait before a part is restarted.
 * @param {number} crashes consecutive crashes, each soon after a start
 */
export const pauseAfter = (crashes) =>
  crashes <= 1 ? 0 : Math.min(firstPauseMs * 2 ** (crashes - 2), maxPauseMs);

function openLog(/** @type {string} */ file) {
  const { size } = statSync(file, { throwIfNoEntry: false }) ?? { size: 0 };
  if (size > maxLogBytes) renameSync(file, `${file}.1`);
  return openSync(file, 'a', 0o600);
}

const tailOf = (/** @type {string} */ file) =>
  readFileSync(file, 'utf8').trimEnd().split('\n').slice(-8).join('\n');

/**
 * Starts a part, and restarts it whenever it exits, until it is stopped.
 * @param {string} dataDir
 * @param {Part} part
 */
export function supervise(dataDir, part) {
  mkdirSync(join(dataDir, 'logs'), { recursive: true });
  const logFile = join(dataDir, 'logs', `${part.name}.log`);
  const stopping = new AbortController();
  /** @type {import('./process.mjs').Identity | null} */
  let current = null;
  let wasUp = false;
  let exitsBeforeUp = 0;
  let lastExit = 'it is not responding';

  function report(/** @type {string} */ line) {
    const log = openLog(logFile);
    writeSync(log, `${new Date().toISOString()} supervisor: ${line}\n`);
    closeSync(log);
    warn(line);
  }

  /** Runs the program once. @returns {Promise<{ how: string, wasKilled: boolean }>} */
  const runOnce = () =>
    new Promise((resolve) => {
      part.beforeStart?.();
      const log = openLog(logFile);
      // A group of its own, or Ctrl-C would reach all parts at once and in no order; a file for
      // its output, or it could not outlive us.
      const child = spawn(part.command, part.args, {
        ...part.options,
        detached: true,
        stdio: ['ignore', log, log],
      });
      closeSync(log);
      if (child.pid) {
        writePid(dataDir, part.name, child.pid);
        current = { pid: child.pid, startTime: startTimeOf(child.pid) ?? '' };
      }
      child.on('error', (error) =>
        resolve({ how: `could not be started: ${error.message}`, wasKilled: false }),
      );
      child.on('exit', (code, signal) =>
        resolve({ how: `exited with ${signal ?? `code ${code}`}`, wasKilled: signal !== null }),
      );
    });

  const keepRunning = async () => {
    for (let crashes = 0; !stopping.signal.aborted;) {
      const from = Date.now();
      const { how, wasKilled } = await runOnce();
      current = null;
      if (stopping.signal.aborted) return;
      lastExit = `it ${how}`;
      if (!wasUp && !wasKilled) exitsBeforeUp += 1;
      crashes = Date.now() - from > steadyMs ? 1 : crashes + 1;
      const pauseMs = pauseAfter(crashes);
      report(`${part.name} ${how}; restarting${pauseMs ? ` in ${pauseMs} ms` : ''}`);
      await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const ended = keepRunning();

  return {
    name: part.name,

    /**
     * Waits until the part is up for the first time.
     * @throws {BootError} if it is not within the limit, or keeps exiting
     */
    async up(/** @type {number} */ limitMs) {
      const limit = Date.now() + limitMs;
      while (!(await part.isUp().catch(() => false))) {
        if (stopping.signal.aborted) return;
        if (exitsBeforeUp >= maxBootAttempts || Date.now() > limit) {
          throw new BootError(
            `${part.name} did not start: ${lastExit}. Last lines of ${logFile}:\n${tailOf(logFile)}`,
          );
        }
        await sleep(50);
      }
      wasUp = true;
    },

    /** Stops the part. */
    async stop() {
      stopping.abort();
      if (current) await terminate(current, part.stopSignal, part.patienceMs);
      await ended;
      removePid(dataDir, part.name);
    },
  };
}
