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
import { beganOf, end } from './process.mjs';
import { BootError, warn } from './say.mjs';

/**
 * A part of the product: a program that shall always run.
 * @typedef {object} Part
 * @property {string} name
 * @property {string} command
 * @property {string[]} args
 * @property {import('node:child_process').SpawnOptions} options
 * @property {() => void} [beforeStart] before each start
 * @property {() => Promise<boolean>} isUp whether it answers; a rejection counts as not yet
 * @property {NodeJS.Signals} stopSignal
 * @property {number} [patienceMs] how long it may take to stop before it is killed
 */

/** A part that lived this long died of something new: it starts again at once. */
const steadyMs = 5_000;
const firstPauseMs = 250;
const longestPauseMs = 10_000;
/** As often a part may end by itself, before it has ever answered, until we give up. */
const triesAtBoot = 4;
const largestLogBytes = 10_000_000;

/**
 * How long to wait before a part is started again.
 * @param {number} deaths in a row, each of them soon after its start
 */
export const pauseAfter = (deaths) =>
  deaths <= 1 ? 0 : Math.min(firstPauseMs * 2 ** (deaths - 2), longestPauseMs);

function openLog(/** @type {string} */ file) {
  const { size } = statSync(file, { throwIfNoEntry: false }) ?? { size: 0 };
  if (size > largestLogBytes) renameSync(file, `${file}.1`);
  return openSync(file, 'a', 0o600);
}

const endOf = (/** @type {string} */ file) =>
  readFileSync(file, 'utf8').trimEnd().split('\n').slice(-8).join('\n');

/**
 * Starts a part and starts it again whenever it ends, until it is stopped.
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
  let endsBeforeUp = 0;
  let lastEnd = 'it does not answer';

  function tell(/** @type {string} */ line) {
    const log = openLog(logFile);
    writeSync(log, `${new Date().toISOString()} supervisor: ${line}\n`);
    closeSync(log);
    warn(line);
  }

  /** Runs the program once. @returns {Promise<{ how: string, wasKilled: boolean }>} */
  const live = () =>
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
        current = { pid: child.pid, began: beganOf(child.pid) ?? '' };
      }
      child.on('error', (error) =>
        resolve({ how: `cannot run: ${error.message}`, wasKilled: false }),
      );
      child.on('exit', (code, signal) =>
        resolve({ how: `ended with ${signal ?? `exit code ${code}`}`, wasKilled: signal !== null }),
      );
    });

  const keep = async () => {
    for (let deaths = 0; !stopping.signal.aborted;) {
      const from = Date.now();
      const { how, wasKilled } = await live();
      current = null;
      if (stopping.signal.aborted) return;
      lastEnd = `it ${how}`;
      if (!wasUp && !wasKilled) endsBeforeUp += 1;
      deaths = Date.now() - from > steadyMs ? 1 : deaths + 1;
      const pauseMs = pauseAfter(deaths);
      tell(`${part.name} ${how}; starting it again${pauseMs ? ` in ${pauseMs} ms` : ''}`);
      await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const kept = keep();

  return {
    name: part.name,

    /**
     * Waits until the part answers for the first time.
     * @throws {BootError} where it does not within the limit, or ends again and again
     */
    async up(/** @type {number} */ limitMs) {
      const limit = Date.now() + limitMs;
      while (!(await part.isUp().catch(() => false))) {
        if (stopping.signal.aborted) return;
        if (endsBeforeUp >= triesAtBoot || Date.now() > limit) {
          throw new BootError(
            `${part.name} does not start: ${lastEnd}. The end of its log ${logFile}:\n${endOf(logFile)}`,
          );
        }
        await sleep(50);
      }
      wasUp = true;
    },

    /** Ends the part for good. */
    async stop() {
      stopping.abort();
      if (current) await end(current, part.stopSignal, part.patienceMs);
      await kept;
      removePid(dataDir, part.name);
    },
  };
}
