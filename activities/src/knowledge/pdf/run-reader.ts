import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../../child/read-pdf.mjs', import.meta.url));

/** What the reader tells: a page's text, that it is done, or why it ended. */
export type ReaderLine =
  | { page: number; total: number; text: string }
  | { done: true }
  | { error: 'memory' | 'pages' | 'password' | 'broken'; total?: number; message?: string };

/** What one file may cost. */
export type ReaderLimits = { memoryBytes: number; timeMs: number; pages: number };

/**
 * Runs the program that reads PDFs, as a process of its own with none of our environment.
 * @param onLine takes what it tells; a rejection ends it and is thrown
 * @returns `late` where the time was over, `crashed` where it ended without a last word
 */
export async function runReader(
  bytes: Uint8Array,
  { memoryBytes, timeMs, pages }: ReaderLimits,
  { signal, onLine }: { signal: AbortSignal; onLine: (line: ReaderLine) => Promise<void> | void },
): Promise<'done' | 'late' | 'crashed'> {
  signal.throwIfAborted();
  const heapMb = Math.floor(memoryBytes / 1_000_000);
  const child = spawn(
    process.execPath,
    [`--max-old-space-size=${heapMb}`, program, ...[memoryBytes, pages, process.pid].map(String)],
    // A session of its own, whose share of the cores it can lower by itself.
    { env: {}, stdio: ['pipe', 'ignore', 'ignore', 'pipe'], detached: true },
  );
  // Nobody waits for it as for an answer: where cores are few, conversations come first.
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  let late = false;
  const end = () => void child.kill('SIGKILL');
  const timer = setTimeout(() => {
    late = true;
    end();
  }, timeMs);
  signal.addEventListener('abort', end, { once: true });
  const closed = new Promise<void>((resolve, reject) => {
    child.once('close', () => resolve());
    child.once('error', reject);
  });
  // It may end before it has taken all of the file.
  const stdin = child.stdin as Writable;
  stdin.on('error', () => {});
  stdin.end(bytes);
  let ended = false;
  try {
    const told = createInterface({ input: child.stdio[3] as Readable });
    for await (const text of told) {
      const line = JSON.parse(text) as ReaderLine;
      ended ||= 'done' in line || 'error' in line;
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
