import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../system/failure.mjs';
import { recordOf, writePidFile } from '../system/pid-file.mjs';
import { end } from '../system/process.mjs';

/**
 * What is to be kept alive.
 * @typedef {object} PartSpec
 * @property {string} name
 * @property {string} logFile
 * @property {string} pidFile
 * @property {number} [port] told by `npm run status`
 * @property {() => { file: string, args: string[], env?: NodeJS.ProcessEnv, cwd?: string, uid?: number, gid?: number }} command
 * @property {() => void} [prepare] before each start
 * @property {() => Promise<boolean>} isReady asked again and again until it says so
 * @property {NodeJS.Signals} stopSignal
 * @property {number} stopTimeoutMs
 */

/** @typedef {{ name: string, ready: Promise<void>, stop: () => Promise<void> }} Part */

/** A part that lived this long after it was ready died of something new. */
const steadyMs = 3_000;
const longestPauseMs = 10_000;
const triesAtBoot = 5;
const longestBootMs = 180_000;
const largestLogBytes = 10_000_000;
const pollMs = 40;

/** How long to wait before the n-th start in a row that did not last. @param {number} deaths */
export const pauseBefore = (deaths) =>
  deaths <= 1 ? 0 : Math.min(250 * 2 ** (deaths - 2), longestPauseMs);

/** @param {string} file */
function openLog(file) {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > largestLogBytes) renameSync(file, `${file}.1`);
  return openSync(file, 'a', 0o600);
}

/** @param {string} file */
function lastLines(file) {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  return lines.slice(-8).join('\n');
}

/**
 * Starts a part and keeps it alive until it is stopped.
 * @param {PartSpec} spec @param {(line: string) => void} tell of deaths and revivals
 * @returns {Part} `ready` rejects with a Failure where the part never gets there
 */
export function startPart(spec, tell) {
  const stopping = new AbortController();
  /** @type {{ pid: number, identity: string } | undefined} */
  let current;
  let wasReady = false;
  let deaths = 0;
  /** @type {PromiseWithResolvers<void>} */
  const ready = withResolvers();
  ready.promise.catch(() => {});

  /** Whether the part got ready before it died. @param {{ isOver: boolean }} life */
  async function watchReadiness(life) {
    while (!life.isOver && !stopping.signal.aborted) {
      if (await spec.isReady().catch(() => false)) {
        if (life.isOver || !current) return;
        writePidFile(spec.pidFile, { ...recordOf(current.pid, { port: spec.port }), state: 'running' });
        if (wasReady) tell(`${spec.name} is back`);
        wasReady = true;
        life.readyAt = Date.now();
        ready.resolve();
        return;
      }
      await sleep(pollMs);
    }
  }

  /** @returns {Promise<{ reason: string, bySignal: boolean, lasted: boolean }>} */
  async function liveOnce() {
    spec.prepare?.();
    const { file, args, env, cwd, uid, gid } = spec.command();
    const log = openLog(spec.logFile);
    const life = { isOver: false, readyAt: Infinity };
    try {
      // A group of its own, or Ctrl-C would hit all parts at once; its own log, or it could not
      // outlive this process.
      const child = spawn(file, args, {
        env,
        cwd,
        uid,
        gid,
        detached: true,
        stdio: ['ignore', log, log],
      });
      const died = new Promise((resolve) => {
        child.once('error', (error) => resolve({ reason: error.message, bySignal: false }));
        child.once('exit', (code, signal) =>
          resolve({ reason: signal ?? `exit code ${code}`, bySignal: signal !== null }),
        );
      });
      if (child.pid) {
        const record = recordOf(child.pid, { port: spec.port });
        current = record;
        writePidFile(spec.pidFile, { ...record, state: 'starting' });
        void watchReadiness(life);
      }
      const death = await died;
      return { ...death, lasted: Date.now() - life.readyAt > steadyMs };
    } finally {
      life.isOver = true;
      current = undefined;
      closeSync(log);
    }
  }

  async function keepAlive() {
    let faultsAtBoot = 0;
    while (!stopping.signal.aborted) {
      const { reason, bySignal, lasted } = await liveOnce();
      if (stopping.signal.aborted) return;
      deaths = lasted ? 1 : deaths + 1;
      if (!wasReady && !bySignal) faultsAtBoot += 1;
      if (!wasReady && faultsAtBoot >= triesAtBoot) {
        throw new Failure(
          `${spec.name} does not start (${reason}). The end of ${spec.logFile}:\n${lastLines(spec.logFile)}`,
        );
      }
      const pauseMs = pauseBefore(deaths);
      tell(`${spec.name} died (${reason}): starting it again${pauseMs ? ` in ${pauseMs} ms` : ''}`);
      await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  }

  const over = keepAlive().catch((error) => ready.reject(error));
  const tooLate = setTimeout(() => {
    const text = `${spec.name} did not get ready within ${longestBootMs / 1000} s; see ${spec.logFile}`;
    ready.reject(new Failure(text));
  }, longestBootMs);
  ready.promise.finally(() => clearTimeout(tooLate)).catch(() => {});

  return {
    name: spec.name,
    ready: ready.promise,
    async stop() {
      stopping.abort();
      clearTimeout(tooLate);
      if (current) await end(current, { signal: spec.stopSignal, timeoutMs: spec.stopTimeoutMs });
      await over;
      rmSync(spec.pidFile, { force: true });
    },
  };
}

/** Promise.withResolvers, which Node 20 does not have. */
function withResolvers() {
  let resolve, reject;
  const promise = new Promise((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
