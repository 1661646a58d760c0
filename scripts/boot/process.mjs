import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * A process, told apart from a later one with the same number by when it began.
 * @typedef {{ pid: number, began: string }} Identity
 */

/** @type {string | undefined} */
let bootId;

function beganByProc(/** @type {number} */ pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The program's name stands in parentheses and may hold anything, parentheses and blanks too.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return null;
  // Counted from the start of the machine: after the next one the same number may come again.
  bootId ??= readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return `${fields[19]} ${bootId}`;
}

function ps(/** @type {number} */ pid, /** @type {string} */ columns) {
  const env = { ...process.env, LC_ALL: 'C' };
  return execFileSync('ps', ['-ww', '-o', columns, '-p', String(pid)], {
    encoding: 'utf8',
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}

/**
 * When a running process began; null where there is none with this number, or only its corpse
 * (where nobody reaps, a killed process stays one).
 * @returns {string | null}
 */
export function beganOf(/** @type {number} */ pid) {
  try {
    if (process.platform === 'linux') return beganByProc(pid);
    const [state = 'Z', ...began] = ps(pid, 'stat=,lstart=').split(/\s+/);
    return state.startsWith('Z') ? null : began.join(' ');
  } catch {
    return null;
  }
}

/** The program that a process runs and its arguments; '' where that cannot be told. */
export function commandOf(/** @type {number} */ pid) {
  try {
    if (process.platform === 'linux') {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    }
    return ps(pid, 'command=');
  } catch {
    return '';
  }
}

/** Whether the very process still runs. */
export const lives = (/** @type {Identity} */ { pid, began }) => beganOf(pid) === began;

/** Waits until a process is gone; false where it outlives the limit. */
export async function gone(/** @type {Identity} */ identity, /** @type {number} */ limitMs) {
  for (const until = Date.now() + limitMs; lives(identity); await sleep(25)) {
    if (Date.now() > until) return false;
  }
  return true;
}

/** Sends a signal to a process, or with a negative number to a group; false where there is none. */
export function signal(/** @type {number} */ pid, /** @type {NodeJS.Signals} */ name) {
  try {
    return process.kill(pid, name);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
    return false;
  }
}

/**
 * Ends a process: asks first, and kills it, with its group where it leads one, when it does not
 * listen.
 * @param {Identity} identity
 */
export async function end(
  identity,
  asking = /** @type {NodeJS.Signals} */ ('SIGTERM'),
  patienceMs = 12_000,
) {
  if (!lives(identity)) return;
  signal(identity.pid, asking);
  if (await gone(identity, patienceMs)) return;
  if (!signal(-identity.pid, 'SIGKILL')) signal(identity.pid, 'SIGKILL');
  await gone(identity, 5_000);
}
