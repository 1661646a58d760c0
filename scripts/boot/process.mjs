import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process, told apart from a later one with the same number by when it began. */
/** @typedef {{ pid: number, began: string }} Identity */

/** When a running process began; null where there is none with this number, or only its corpse. */
export function beganOf(/** @type {number} */ pid) {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' ? null : fields[19];
    }
    const [state, ...began] = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
    })
      .trim()
      .split(/\s+/);
    return state.startsWith('Z') ? null : began.join(' ');
  } catch {
    return null;
  }
}

/** The name of the program that a process runs; '' where that cannot be told. */
export function programOf(/** @type {number} */ pid) {
  try {
    return execFileSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}

const fileOf = (/** @type {string} */ dataDir, /** @type {string} */ part) =>
  join(dataDir, 'run', `${part}.pid`);

/** Notes which process a part is: the number on the first line, when it began on the second. */
export function writePid(dataDir, part, pid) {
  const file = fileOf(dataDir, part);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${pid}\n${beganOf(pid) ?? ''}\n`);
}

export function removePid(dataDir, part) {
  rmSync(fileOf(dataDir, part), { force: true });
}

/**
 * The process that a part is, if it runs.
 * @returns {Identity | null}
 */
export function runningPart(dataDir, part) {
  let text;
  try {
    text = readFileSync(fileOf(dataDir, part), 'utf8');
  } catch {
    return null;
  }
  const [line, began] = text.split('\n');
  const pid = Number(line);
  return Number.isInteger(pid) && pid > 0 && began && beganOf(pid) === began ? { pid, began } : null;
}

const lives = ({ pid, began }) => beganOf(pid) === began;

/** Waits until a process is gone; false where it outlives the limit. */
export async function gone(identity, limitMs) {
  for (const until = Date.now() + limitMs; lives(identity); await sleep(25)) {
    if (Date.now() > until) return false;
  }
  return true;
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** Ends a process: asks first, and kills its group where it does not listen. */
export async function end(identity, asking = 'SIGTERM', patienceMs = 12_000) {
  if (!lives(identity)) return;
  signal(identity.pid, asking);
  if (await gone(identity, patienceMs)) return;
  try {
    signal(-identity.pid, 'SIGKILL');
  } catch {
    signal(identity.pid, 'SIGKILL');
  }
  await gone(identity, 5_000);
}
