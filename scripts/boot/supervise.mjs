import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beganOf, end, removePid, writePid } from './process.mjs';
import { BootError, say } from './say.mjs';

/**
 * A part of the product: a program that shall always run.
 * @typedef {object} Part
 * @property {string} name
 * @property {string} command
 * @property {string[]} args
 * @property {import('node:child_process').SpawnOptions} options
 * @property {() => void} [beforeStart]
 * @property {() => Promise<boolean>} isUp whether it answers
 * @property {() => Promise<void>} [afterStart] once, after it has answered for the first time
 * @property {NodeJS.Signals} stopSignal
 */

/** A part that lived this long starts again at once, and its back-off from the beginning. */
const steadyMs = 20_000;
const firstPauseMs = 100;
const longestPauseMs = 10_000;

/**
 * Starts a part and starts it again whenever it ends, until it is stopped.
 * @param {string} dataDir
 * @param {Part} part
 */
export function supervise(dataDir, part) {
  mkdirSync(join(dataDir, 'logs'), { recursive: true });
  const logFile = join(dataDir, 'logs', `${part.name}.log`);
  const log = openSync(logFile, 'a');
  const stopping = new AbortController();
  /** @type {import('node:child_process').ChildProcess | null} */
  let child = null;
  let lastEnd = '';

  const note = (line) => writeSync(log, `${new Date().toISOString()} supervisor: ${line}\n`);

  /** Runs the program once; resolves when it has ended. */
  const live = () =>
    new Promise((resolve) => {
      part.beforeStart?.();
      // A group of its own, or Ctrl-C would reach all parts at once and in no order.
      child = spawn(part.command, part.args, {
        ...part.options,
        detached: true,
        stdio: ['ignore', log, log],
      });
      child.on('error', (error) => resolve(`cannot run: ${error.message}`));
      child.on('exit', (code, signal) => resolve(`ended with ${signal ?? `exit code ${code}`}`));
      if (child.pid) writePid(dataDir, part.name, child.pid);
    });

  const keep = async () => {
    for (let pauseMs = 0; !stopping.signal.aborted; ) {
      const from = Date.now();
      lastEnd = await live();
      child = null;
      removePid(dataDir, part.name);
      if (stopping.signal.aborted) return;
      pauseMs = Date.now() - from > steadyMs ? 0 : Math.min(Math.max(pauseMs * 2, firstPauseMs), longestPauseMs);
      note(`${part.name} ${lastEnd}; starting it again in ${pauseMs} ms`);
      say(`! ${part.name} ${lastEnd}; starting it again (its log: ${logFile})`);
      await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const kept = keep();

  return {
    name: part.name,

    /** Waits until the part answers. */
    async up(/** @type {number} */ limitMs) {
      const limit = Date.now() + limitMs;
      while (!(await part.isUp())) {
        if (stopping.signal.aborted) return;
        if (Date.now() > limit) {
          const why = lastEnd ? `it ${lastEnd}` : 'it does not answer';
          throw new BootError(`${part.name} did not come up within ${limitMs / 1000} s: ${why}. Its log: ${logFile}`);
        }
        await sleep(50);
      }
      await part.afterStart?.();
    },

    /** Ends the part for good. */
    async stop() {
      stopping.abort();
      const pid = child?.pid;
      const began = pid && beganOf(pid);
      if (pid && began) await end({ pid, began }, part.stopSignal);
      await kept;
      removePid(dataDir, part.name);
      closeSync(log);
    },
  };
}
