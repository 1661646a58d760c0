import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { partLog } from './part-log.mjs';
import { removePid, writePid } from './pid-file.mjs';
import { signal, startTimeOf, terminate } from './process.mjs';
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
 * @property {() => Promise<boolean>} [isResponding] the same of one that was up: where it is not
 *   for long, the part is killed and started again; without it nobody looks
 * @property {NodeJS.Signals} stopSignal
 * @property {number} [patienceMs] how long it may take to stop before it is killed
 */

/** A part that ran this long is restarted immediately: its crash is not part of a loop. */
const steadyMs = 5_000;
const firstPauseMs = 250;
const maxPauseMs = 10_000;
/** How often a part may exit before it was first up, until we give up. */
const maxBootAttempts = 4;

/**
 * How often a part is looked at, and how many times in a row it may not respond. Counted in looks,
 * not in time: a machine that slept has lost no look.
 */
const usualPace = { everyMs: 5_000, looks: 12 };

/**
 * How long to wait before a part is restarted.
 * @param {number} crashes consecutive crashes, each soon after a start
 */
export const pauseAfter = (crashes) =>
  crashes <= 1 ? 0 : Math.min(firstPauseMs * 2 ** (crashes - 2), maxPauseMs);

/** Whether a part is responding, within a limit. */
const responds = (/** @type {Part} */ part, /** @type {number} */ limitMs) =>
  Promise.race([
    part.isResponding?.().catch(() => false) ?? true,
    sleep(limitMs, false, { ref: false }),
  ]);

/**
 * Starts a part, and restarts it whenever it exits or stops responding, until it is stopped. Does
 * so whatever cannot be written: then it is told on stderr only.
 * @param {string} dataDir
 * @param {Part} part
 */
export function supervise(dataDir, part, pace = usualPace) {
  const log = partLog(join(dataDir, 'logs', `${part.name}.log`));
  const stopping = new AbortController();
  /** @type {import('./process.mjs').Identity | null} */
  let current = null;
  let isNoted = false;
  let wasUp = false;
  let exitsBeforeUp = 0;
  let lastExit = 'it is not responding';
  /** Looks in a row at which it was not responding. */
  let silent = 0;
  /** A part that never did would not do so after another start: it is damaged, or the look at it is wrong. */
  let hasResponded = false;

  function report(/** @type {string} */ line) {
    log.note(line);
    warn(line);
  }

  /** Notes the process of the part; where that is not possible now, the next look tries again. */
  function notePid(isFirst = false) {
    if (isNoted || !current) return;
    try {
      writePid(dataDir, part.name, current.pid);
      isNoted = true;
    } catch (error) {
      if (isFirst) warn(`The process of ${part.name} cannot be noted: ${error.message}`);
    }
  }

  /** Runs the program once. @returns {Promise<{ how: string, wasKilled: boolean }>} */
  const runOnce = () =>
    new Promise((resolve) => {
      const failed = (/** @type {Error} */ { message }) =>
        resolve({ how: `could not be started: ${message}`, wasKilled: false });
      try {
        part.beforeStart?.();
        // A group of its own, or Ctrl-C would reach all parts at once and in no order; a file for
        // its output, or it could not outlive us.
        const output = log.next() ?? 'ignore';
        const child = spawn(part.command, part.args, {
          ...part.options,
          detached: true,
          stdio: ['ignore', output, output],
        });
        child.on('error', failed);
        child.on('exit', (code, name) =>
          resolve({ how: `exited with ${name ?? `code ${code}`}`, wasKilled: name !== null }),
        );
        if (!child.pid) return;
        current = { pid: child.pid, startTime: startTimeOf(child.pid) ?? '' };
        isNoted = false;
        silent = 0;
        notePid(true);
      } catch (error) {
        failed(error);
      }
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

  /** Looks at the part that runs from time to time. */
  const keepLooking = async () => {
    for (;;) {
      await sleep(pace.everyMs, undefined, { signal: stopping.signal, ref: false });
      notePid();
      log.keepBounded();
      const looked = current;
      if (!wasUp || !looked) continue;
      const isResponding = await responds(part, pace.everyMs);
      hasResponded ||= isResponding;
      silent = isResponding || current !== looked ? 0 : silent + 1;
      if (silent < pace.looks || !hasResponded) continue;
      report(`${part.name} has not responded ${silent} times in a row; killing it`);
      silent = 0;
      if (!signal(-looked.pid, 'SIGKILL')) signal(looked.pid, 'SIGKILL');
    }
  };

  const ended = keepRunning();
  keepLooking().catch((error) => {
    if (!stopping.signal.aborted) warn(`${part.name} is no longer looked at: ${error.stack}`);
  });

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
            `${part.name} did not start: ${lastExit}. Last lines of ${log.file}:\n${log.tail()}`,
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
      log.close();
      try {
        removePid(dataDir, part.name);
      } catch (error) {
        warn(`The note of the process of ${part.name} cannot be removed: ${error.message}`);
      }
    },
  };
}
