import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * A process. Its start time distinguishes it from a later one with the same pid.
 * @typedef {{ pid: number, startTime: string }} Identity
 */

/** @type {string | undefined} */
let bootId;

function startTimeFromProc(/** @type {number} */ pid) {
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
 * The start time of a running process; null if there is none with this pid, or only a zombie (a
 * killed process stays one until its parent reaps it).
 * @returns {string | null}
 */
export function startTimeOf(/** @type {number} */ pid) {
  try {
    if (process.platform === 'linux') return startTimeFromProc(pid);
    const [state = 'Z', ...startTime] = ps(pid, 'stat=,lstart=').split(/\s+/);
    return state.startsWith('Z') ? null : startTime.join(' ');
  } catch {
    return null;
  }
}

/** Whether a process stands still, all its threads. */
export function isStopped(/** @type {number} */ pid) {
  if (process.platform !== 'linux') return ps(pid, 'stat=').startsWith('T');
  const tasks = readdirSync(`/proc/${pid}/task`);
  return tasks.every((task) => {
    const stat = readFileSync(`/proc/${pid}/task/${task}/stat`, 'utf8');
    return stat[stat.lastIndexOf(')') + 2] === 'T';
  });
}

/** The command line of a process; '' if it cannot be read. */
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

/** The processes of this machine: their pids and their arguments. @returns {{ pid: number, args: string[] }[]} */
function allProcesses() {
  if (process.platform === 'linux') {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => {
        try {
          const args = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0');
          return { pid: Number(name), args };
        } catch {
          return { pid: Number(name), args: [] };
        }
      });
  }
  return execFileSync('ps', ['-axww', '-o', 'pid=,command='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => {
      const [pid = '', ...args] = line.trim().split(/\s+/);
      return { pid: Number(pid), args };
    });
}

/**
 * The processes that were started with some arguments, all of them, whoever started them.
 * @param {string[]} wanted
 * @returns {Identity[]}
 */
export const processesWith = (wanted) =>
  allProcesses()
    .filter(({ pid, args }) => pid !== process.pid && wanted.every((one) => args.includes(one)))
    .flatMap(({ pid }) => {
      const startTime = startTimeOf(pid);
      return startTime === null ? [] : [{ pid, startTime }];
    });

/** Whether this process, and not a later one with its pid, is running. */
export const isRunning = (/** @type {Identity} */ { pid, startTime }) =>
  startTimeOf(pid) === startTime;

/** Waits until a process has exited; false if it has not within the limit. */
async function exited(/** @type {Identity} */ identity, /** @type {number} */ limitMs) {
  for (const until = Date.now() + limitMs; isRunning(identity); await sleep(25)) {
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
 * Terminates a process: asks first, then kills it (and its group, if it leads one) when it does
 * not exit in time.
 * @param {Identity} identity
 */
export async function terminate(
  identity,
  asking = /** @type {NodeJS.Signals} */ ('SIGTERM'),
  patienceMs = 12_000,
) {
  if (!isRunning(identity)) return;
  signal(identity.pid, asking);
  if (await exited(identity, patienceMs)) return;
  if (!signal(-identity.pid, 'SIGKILL')) signal(identity.pid, 'SIGKILL');
  await exited(identity, 5_000);
}
