import { limits } from '@crmflow/contracts';
import type { ReadDocument } from '@crmflow/db';
import type { Passage } from '@crmflow/db/passages';
import pLimit from 'p-limit';
import { KnowledgeError } from '../knowledge-error.js';
import type { ReaderJob, ReaderLimits, ReaderLine } from './protocol.js';
import { runReader } from './run-reader.js';

/** Reads documents of strangers in processes of their own, a few at once. */
export type DocumentReader = {
  /**
   * Reads a document and splits it into passages.
   * @param onPage called with how many of how many pages of a PDF are read
   * @throws KnowledgeError, never worth another try: the same bytes end the same way
   */
  readDocument(
    job: Extract<ReaderJob, { kind: 'pdf' | 'page' | 'entry' }>,
    bytes: Uint8Array,
    options: {
      signal: AbortSignal;
      onPage?: (page: number, total: number) => Promise<void> | void;
      may?: ReaderLimits;
    },
  ): Promise<ReadDocument>;
  /** Whether a robots.txt lets us read a page. @throws KnowledgeError `robots_refused` */
  askRobots(
    bytes: Uint8Array,
    job: { url: string; page: string },
    signal: AbortSignal,
  ): Promise<boolean>;
};

/** At once in one worker: each may take a core. */
const readersAtOnce = 2;

const usual: Record<ReaderJob['kind'], ReaderLimits> = {
  pdf: { memoryBytes: 700_000_000, timeMs: 60_000, nice: 10 },
  page: { memoryBytes: 400_000_000, timeMs: 20_000, nice: 5 },
  // Who has typed something in waits for it.
  entry: { memoryBytes: 400_000_000, timeMs: 20_000 },
  robots: { memoryBytes: 200_000_000, timeMs: 5_000, nice: 5 },
};

const whatOf = (job: ReaderJob) => {
  if (job.kind === 'page') return job.shown;
  if (job.kind === 'robots') return job.url;
  return job.kind === 'pdf' ? 'The PDF' : 'The text';
};

function tooHeavy(job: ReaderJob, why: string): KnowledgeError {
  const code = { pdf: 'pdf_too_heavy', page: 'page_unreadable', entry: 'text_too_long' } as const;
  const what = whatOf(job);
  if (job.kind === 'robots') {
    return new KnowledgeError('robots_refused', `${what} can’t be read: it takes ${why}.`);
  }
  const advice = job.kind === 'page' ? 'Add its text as an entry instead.' : 'Split it into parts.';
  return new KnowledgeError(code[job.kind], `${what} can’t be read: it takes ${why}. ${advice}`);
}

const timeOf = ({ timeMs }: ReaderLimits) => `more than ${timeMs / 1000} s`;
const memoryOf = ({ memoryBytes }: ReaderLimits) =>
  `more than ${memoryBytes / 1_000_000} MB of memory`;

function errorOf(
  { error }: Extract<ReaderLine, { error: object }>,
  job: ReaderJob,
  may: ReaderLimits,
): KnowledgeError {
  if (error.message !== undefined) return new KnowledgeError(error.code, error.message);
  return tooHeavy(job, error.code === 'memory' ? memoryOf(may) : timeOf(may));
}

/** A reader whose processes are at most two at once; further jobs wait for their turn. */
export function createDocumentReader(): DocumentReader {
  const inTurn = pLimit(readersAtOnce);

  async function run(
    job: ReaderJob,
    bytes: Uint8Array,
    may: ReaderLimits,
    options: Parameters<typeof runReader>[3],
  ): Promise<void> {
    const end = await inTurn(() =>
      runReader(job, bytes, may, {
        ...options,
        async onLine(line) {
          if ('error' in line) throw errorOf(line, job, may);
          await options.onLine(line);
        },
      }),
    );
    if (end === 'late') throw tooHeavy(job, timeOf(may));
    if (end === 'crashed') throw tooHeavy(job, 'more memory than one document may take');
  }

  return {
    async readDocument(job, bytes, { signal, onPage = () => {}, may = usual[job.kind] }) {
      const passages: Passage[] = [];
      let last: Extract<ReaderLine, { done: object }>['done'] | undefined;
      let size = 0;
      await run(job, bytes, may, {
        signal,
        async onLine(line) {
          if ('page' in line) await onPage(line.page, line.total);
          if ('done' in line) last = line.done;
          if (!('passages' in line)) return;
          passages.push(...line.passages);
          size += line.passages.reduce((sum, { text }) => sum + text.length, 0);
          // Passages repeat headings, so that they are somewhat longer than the text.
          if (size > 2 * limits.knowledgeCharacters) throw tooHeavy(job, 'too many characters');
        },
      });
      const { title, characters = 0, pages, leftOut = [] } = last ?? {};
      return {
        passages,
        characters,
        ...(pages !== undefined && { pages }),
        ...(title !== undefined && { name: title }),
        ...(leftOut.length > 0 && { leftOut }),
      };
    },
    async askRobots(bytes, job, signal) {
      let allowed = false;
      await run({ kind: 'robots', ...job }, bytes, usual.robots, {
        signal,
        onLine(line) {
          if ('allowed' in line) ({ allowed } = line);
        },
      });
      return allowed;
    },
  };
}
