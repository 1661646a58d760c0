import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * What tells a process from a later one with the same pid. A zombie counts as gone: nobody may be
 * there to reap it.
 * @param {number} pid
 * @returns {string | undefined} undefined where no such process lives
 */
export function identityOf(pid) {
  return process.platform === 'linux' ? identityByProc(pid) : identityByPs(pid);
}

/** @param {number} pid */
function identityByProc(pid) {
  let stat;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // The name in parentheses may hold anything, parentheses and blanks too.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, startedAtTick] = [fields[0], fields[19]];
  if (state === 'Z' || state === 'X') return undefined;
  return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${startedAtTick}`;
}

/** @param {number} pid */
function identityByPs(pid) {
  try {
    const args = ['-o', 'stat=,lstart=', '-p', `${pid}`];
    const line = execFileSync('ps', args, { encoding: 'utf8', env: { LC_ALL: 'C' } }).trim();
    const [state = '', ...start] = line.split(/\s+/);
    return state === '' || state.startsWith('Z') ? undefined : start.join(' ');
  } catch {
    return undefined;
  }
}

/**
 * A process that was seen before: `identity` is what `identityOf` said then.
 * @typedef {{ pid: number, identity: string }} SeenProcess
 */

/** Whether the very process still lives. @param {SeenProcess} seen */
export const lives = ({ pid, identity }) => identityOf(pid) === identity;

/** @param {number} pid @param {NodeJS.Signals} signal */
export function send(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/**
 * Waits until a process is gone.
 * @param {SeenProcess} seen @param {number} timeoutMs
 * @returns {Promise<boolean>} whether it went within the time
 */
export async function gone(seen, timeoutMs) {
  const deadline = Date.now() + timeoutMs;
  while (lives(seen)) {
    if (Date.now() > deadline) return false;
    await sleep(20);
  }
  return true;
}

/**
 * Asks a process to end, and makes it end where it does not within the time.
 * @param {SeenProcess} seen @param {{ signal: NodeJS.Signals, timeoutMs: number }} how
 */
export async function end(seen, { signal, timeoutMs }) {
  if (!lives(seen)) return;
  send(seen.pid, signal);
  if (await gone(seen, timeoutMs)) return;
  send(seen.pid, 'SIGKILL');
  await gone(seen, 5_000);
}
