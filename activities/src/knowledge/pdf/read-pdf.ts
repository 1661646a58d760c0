import { limits, storable } from '@crmflow/contracts';
import type { ReadDocument } from '@crmflow/db';
import { KnowledgeError } from '../knowledge-error.js';
import { blocksOfPages } from './blocks-of-pages.js';
import { type ReaderLimits, type ReaderLine, runReader } from './run-reader.js';

const usual: ReaderLimits = {
  memoryBytes: 700_000_000,
  timeMs: 120_000,
  pages: limits.pdfPages,
};

/** Viewers look for the end of a PDF about there. */
const tailBytes = 4_096;

const tooHeavy = (why: string) =>
  new KnowledgeError('pdf_too_heavy', `${why}: split it, or print it as PDF anew.`);

function errorOf(
  line: Extract<ReaderLine, { error: string }>,
  { memoryBytes, pages }: ReaderLimits,
): KnowledgeError {
  switch (line.error) {
    case 'memory':
      return tooHeavy(`The PDF unpacks to more than ${memoryBytes / 1_000_000} MB of memory`);
    case 'pages':
      return tooHeavy(`The PDF has ${line.total} pages, and ${pages} can be read`);
    case 'password':
      return new KnowledgeError(
        'pdf_encrypted',
        'The PDF is protected by a password: save it without one and upload it again.',
      );
    case 'broken':
      return new KnowledgeError(
        'pdf_broken',
        `The PDF cannot be read (${line.message}) Open it in a viewer, save it anew and upload that.`,
      );
  }
}

/**
 * Reads the text of a PDF, page by page, in a process of its own with limits on time and memory.
 * @param onPage told how many of how many pages are read
 * @throws KnowledgeError `pdf_encrypted`, `pdf_broken`, `pdf_too_heavy`, `no_text`, `text_too_long`
 */
export async function readPdf(
  bytes: Uint8Array,
  {
    signal,
    onPage = () => {},
    may = usual,
  }: {
    signal: AbortSignal;
    onPage?: (page: number, total: number) => Promise<void> | void;
    may?: ReaderLimits;
  },
): Promise<ReadDocument> {
  const tail = Buffer.from(bytes.subarray(-tailBytes)).toString('latin1');
  if (!tail.includes('%%EOF')) {
    throw new KnowledgeError(
      'pdf_broken',
      'The PDF ends in the middle, as after a broken download: upload the whole file.',
    );
  }
  const pages: string[] = [];
  let characters = 0;
  const end = await runReader(bytes, may, {
    signal,
    async onLine(line) {
      if ('error' in line) throw errorOf(line, may);
      if ('done' in line) return;
      characters += line.text.length;
      if (characters > limits.knowledgeCharacters) {
        const message = `The text has more than ${limits.knowledgeCharacters} characters: split it.`;
        throw new KnowledgeError('text_too_long', message);
      }
      pages.push(storable(line.text));
      await onPage(line.page, line.total);
    },
  });
  if (end === 'late') throw tooHeavy(`The PDF takes more than ${may.timeMs / 1000} s to read`);
  if (end === 'crashed') throw tooHeavy('Reading the PDF took more memory than one file may take');
  const blocks = blocksOfPages(pages);
  if (!blocks.some(({ text }) => /\p{L}{2}/u.test(text))) {
    throw new KnowledgeError(
      'no_text',
      'The PDF has no text, only pictures of it: have it recognised (OCR) and upload it again.',
    );
  }
  return { blocks, pages: pages.length };
}
