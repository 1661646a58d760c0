import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { ReaderJob, ReaderLimits, ReaderLine } from './protocol.js';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const program = `${root}activities/dist/knowledge/reader/child.js`;

/** Packages whose code the reader runs; the rest of the folder has data and settings. */
const packages = ['activities', 'contracts', 'db'];
const readable = [
  `${root}package.json`,
  `${root}node_modules/`,
  ...packages.flatMap((name) =>
    ['package.json', 'dist/', 'node_modules/'].map((path) => `${root}${name}/${path}`),
  ),
];

const permission = ['--permission', '--experimental-permission'].find((flag) =>
  process.allowedNodeEnvironmentFlags.has(flag),
);

/** No files but its code, no native code and no processes, where Node can see to that. */
const restrictions =
  permission === undefined
    ? []
    : [permission, '--allow-worker', ...readable.map((path) => `--allow-fs-read=${path}`)];

/** A machine with much to do gives the reader little: its own limit is on time of the processor. */
const wallTimes = 5;

/** Where cores are few, conversations come first. @param nice 0 for the usual, up to 19 */
function lowerPriority(pid: number, nice: number): void {
  setPriority(pid, nice);
  try {
    // Linux may share the cores among sessions, whatever the priorities of their processes are.
    writeFileSync(`/proc/${pid}/autogroup`, String(nice));
  } catch {
    // Other systems know priorities of processes only.
  }
}

/**
 * Runs a job in the reader's process, which has none of our environment.
 * @param onLine takes what it emits; a rejection ends the process and is thrown
 * @returns how it ended: `late` where the time was over, `crashed` where it gave no last word
 */
export async function runReader(
  job: ReaderJob,
  bytes: Uint8Array,
  { memoryBytes, timeMs, nice = 0 }: ReaderLimits,
  { signal, onLine }: { signal: AbortSignal; onLine: (line: ReaderLine) => Promise<void> | void },
): Promise<'done' | 'late' | 'crashed'> {
  signal.throwIfAborted();
  const child = spawn(
    process.execPath,
    [
      ...['--no-warnings', `--max-old-space-size=${Math.floor(memoryBytes / 1_000_000)}`],
      ...restrictions,
      ...[program, `${memoryBytes}`, `${timeMs}`, `${process.pid}`],
    ],
    // In a session of its own, whose share of the cores can be lowered.
    { env: {}, stdio: ['pipe', 'ignore', 'ignore', 'pipe'], detached: true },
  );
  if (child.pid !== undefined && nice > 0) lowerPriority(child.pid, nice);
  let late = false;
  const end = () => void child.kill('SIGKILL');
  const timer = setTimeout(() => {
    late = true;
    end();
  }, wallTimes * timeMs);
  signal.addEventListener('abort', end, { once: true });
  const closed = new Promise<void>((resolve, reject) => {
    child.once('close', () => resolve());
    child.once('error', reject);
  });
  // It may end before it has taken all of the input.
  const stdin = child.stdin as Writable;
  stdin.on('error', () => {});
  stdin.write(`${JSON.stringify(job)}\n`);
  stdin.end(bytes);
  let ended = false;
  try {
    for await (const text of createInterface({ input: child.stdio[3] as Readable })) {
      const line = JSON.parse(text) as ReaderLine;
      ended ||= 'done' in line || 'error' in line || 'allowed' in line;
      await onLine(line);
    }
    await closed;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
    end();
  }
  signal.throwIfAborted();
  if (ended) return 'done';
  return late ? 'late' : 'crashed';
}
