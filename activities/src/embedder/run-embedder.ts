import { spawn, type ChildProcess } from 'node:child_process';
import { setPriority } from 'node:os';
import type { EmbedTask } from '@crmflow/db';
import type { EmbedderLine, EmbedderRequest, EmbedderStart, KnownAnswer } from './protocol.js';
import { programOf } from './program.js';
import type { Weights } from './weights.js';

/** Texts at once: more are not quicker, and a question would wait longer behind them. */
const batch = 8;
/** What the model does not read any more costs nothing. */
const maxCharacters = 4_000;
const maxMemoryBytes = 1_500_000_000;
/** Stands back for conversations where cores are few. */
const nice = 10;

/** How long the process may take for a batch, and how long it stays with nothing to do. */
export type EmbedderTimes = { batchMs: number; idleMs: number };
const usual: EmbedderTimes = { batchMs: 120_000, idleMs: 5 * 60_000 };

type Job = {
  texts: readonly string[];
  signal: AbortSignal | undefined;
  resolve: (vectors: Float32Array[]) => void;
  reject: (error: unknown) => void;
};

/** Texts go in, what they mean comes out: through a process that starts when it is needed. */
export type Embedder = {
  /**
   * Vectors of length 1, in the order of the texts. Questions come before passages that wait.
   * @throws Error where the process cannot do it; the signal's reason
   */
  embed(texts: readonly string[], task: EmbedTask, signal?: AbortSignal): Promise<Float32Array[]>;
  /** Ends the process. */
  close(): void;
};

/** The process, and the way to ask it. */
function startChild() {
  const child: ChildProcess = spawn(process.execPath, ['--no-warnings', programOf('child')], {
    env: {},
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
  });
  try {
    if (child.pid !== undefined) setPriority(child.pid, nice);
  } catch {
    // It has ended already, which is told below.
  }
  child.unref();
  child.channel?.unref();
  let heard: { resolve: (line: EmbedderLine) => void; reject: (error: Error) => void } | undefined;
  let ended = false;
  const end = (error: Error) => {
    ended = true;
    heard?.reject(error);
  };
  child.on('message', (line) => heard?.resolve(line as EmbedderLine));
  child.once('error', end);
  child.once('exit', () => end(new Error('The process that embeds texts has ended.')));
  return {
    isAlive: () => !ended,
    kill: () => void child.kill('SIGKILL'),
    /** Its next word, to what it is asked. */
    async ask(request: EmbedderStart | EmbedderRequest, timeoutMs: number): Promise<EmbedderLine> {
      const timer = setTimeout(() => void child.kill('SIGKILL'), timeoutMs);
      try {
        return await new Promise((resolve, reject) => {
          heard = { resolve, reject };
          if (ended) reject(new Error('The process that embeds texts has ended.'));
          else child.send(request, (error) => error && reject(error));
        });
      } finally {
        clearTimeout(timer);
        heard = undefined;
      }
    },
  };
}

/** Makes an embedder of a model; `answers` is what the right model says of known texts. */
export function createEmbedder(
  { model, vocabulary }: Weights,
  answers: readonly KnownAnswer[],
  { batchMs, idleMs }: EmbedderTimes = usual,
): Embedder {
  const waiting: Record<EmbedTask, Job[]> = { query: [], document: [] };
  let child: ReturnType<typeof startChild> | undefined;
  let idle: NodeJS.Timeout | undefined;
  let isBusy = false;

  const end = () => {
    clearTimeout(idle);
    child?.kill();
    child = undefined;
  };

  async function ready() {
    if (child?.isAlive()) return child;
    child = startChild();
    const line = await child.ask({ model, vocabulary, answers, maxMemoryBytes }, batchMs);
    if ('error' in line) throw new Error(line.error);
    return child;
  }

  async function run({ texts, signal, resolve, reject }: Job) {
    if (signal?.aborted) return;
    try {
      const line = await (await ready()).ask({ texts }, batchMs);
      if ('error' in line) throw new Error(line.error);
      resolve('vectors' in line ? line.vectors : []);
    } catch (error) {
      end();
      reject(error);
    }
  }

  async function work() {
    if (isBusy) return;
    isBusy = true;
    clearTimeout(idle);
    for (;;) {
      const job = waiting.query.shift() ?? waiting.document.shift();
      if (!job) break;
      await run(job);
    }
    isBusy = false;
    idle = setTimeout(end, idleMs).unref();
  }

  const ask = (texts: readonly string[], task: EmbedTask, signal: AbortSignal | undefined) =>
    new Promise<Float32Array[]>((resolve, reject) => {
      signal?.throwIfAborted();
      const give = () => reject(signal?.reason as Error);
      signal?.addEventListener('abort', give, { once: true });
      // A signal may live as long as the process.
      const forget = () => signal?.removeEventListener('abort', give);
      waiting[task].push({
        ...{ texts, signal },
        resolve: (vectors) => {
          forget();
          resolve(vectors);
        },
        reject: (error) => {
          forget();
          reject(error instanceof Error ? error : new Error(String(error)));
        },
      });
      void work();
    });

  return {
    async embed(texts, task, signal) {
      const prefix = task === 'query' ? 'query: ' : 'passage: ';
      const vectors: Float32Array[] = [];
      for (let from = 0; from < texts.length; from += batch) {
        const some = texts.slice(from, from + batch);
        const given = some.map((text) => `${prefix}${text.slice(0, maxCharacters)}`);
        vectors.push(...(await ask(given, task, signal)));
      }
      return vectors;
    },
    close: end,
  };
}
