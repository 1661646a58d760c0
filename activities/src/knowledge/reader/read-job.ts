import type { LeftOut } from '@crmflow/contracts';
import { storable } from '@crmflow/contracts/storable';
import { storedText } from '@crmflow/contracts/text';
import { type Block, blocksOfEntry, blocksOfText, splitDocument } from '@crmflow/db/passages';
import { KnowledgeError } from '../knowledge-error.js';
import { decodeText } from '../../text/decode.js';
import { blocksOfPages } from '../pdf/blocks-of-pages.js';
import type { ReaderJob, ReaderLine } from './protocol.js';

/** As viewers do: whatever follows the end of a PDF, such as zeros or a web page, is ignored. */
const endMark = '%%EOF';
const maxTitle = 200;
/** Passages in a line: parsing one must not hold up the process that reads it. */
const passagesAtOnce = 50;

type Document = {
  blocks: readonly Block[];
  pages?: number;
  title?: string;
  leftOut?: LeftOut[];
};
const noPassage =
  'No passage of it contains text to answer from. Add the text as an entry instead.';

type Emit = (line: ReaderLine) => void;

/** @throws KnowledgeError `no_text` with this message where no block has a word */
function requireText(blocks: readonly Block[], message: string): void {
  if (blocks.some(({ text }) => /\p{L}{2}/u.test(text))) return;
  throw new KnowledgeError('no_text', message);
}

const clean = (text: string) => storedText(storable(text));

/**
 * Whether a file ends within a PDF: no end is in it, or objects follow the last one. Whether the
 * rest can be read is for the reader of PDFs to say.
 */
function isCutOff(bytes: Uint8Array): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = file.lastIndexOf(endMark);
  if (end >= 0) return /\d \d+ obj\b/.test(file.subarray(end).toString('latin1'));
  const tail = file.subarray(-2_048).toString('latin1').replaceAll('\0', ' ').trimEnd();
  return !/startxref\s+\d+$/.test(tail);
}

// What only one kind of job needs is loaded by that: the process starts for each.

async function readPdf(bytes: Uint8Array, maxPages: number, emit: Emit): Promise<Document> {
  if (isCutOff(bytes)) {
    throw new KnowledgeError(
      'pdf_broken',
      'The PDF ends unexpectedly, as after an interrupted download. Upload the complete file.',
    );
  }
  const { pagesOfPdf } = await import('../pdf/pages-of-pdf.js');
  const texts = await pagesOfPdf(bytes, maxPages, (page, total) => emit({ page, total }));
  const { blocks, leftOut } = blocksOfPages(texts.map(clean));
  const isUnreadable = leftOut.some(({ reason }) => reason === 'unreadable');
  requireText(
    blocks,
    isUnreadable
      ? 'The fonts of the PDF do not say which letters they show. Run text recognition (OCR) on it and upload it again.'
      : 'The PDF contains only images. Run text recognition (OCR) on it and upload it again.',
  );
  return { blocks, pages: texts.length, leftOut };
}

async function readPage(
  bytes: Uint8Array,
  { contentType, shown }: Extract<ReaderJob, { kind: 'page' }>,
): Promise<Document> {
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const decode = (isPage: boolean) => clean(decodeText(contentType, bytes, { isPage }));
  const noText = `${shown} has no text. Its scripts may load it; add the text as an entry instead.`;
  if (type === 'text/html' || type === 'application/xhtml+xml') {
    const { blocksOfPage } = await import('../page/blocks-of-page.js');
    const { title, blocks, leftOut } = blocksOfPage(decode(true), shown);
    requireText(blocks, noText);
    const name = title.slice(0, maxTitle);
    if (name === '') return { blocks, leftOut };
    const titled: Block[] = [{ kind: 'heading', level: 0, text: name }, ...blocks];
    return { blocks: titled, title: name, leftOut };
  }
  if (type === 'text/plain' || type === 'text/markdown') {
    const blocks = blocksOfText(decode(false));
    requireText(blocks, noText);
    return { blocks };
  }
  throw new KnowledgeError(
    'page_not_html',
    `${shown} returned ${type.slice(0, 60)}. Only pages (HTML) and plain text can be read.`,
  );
}

/** Splits a document, and emits its passages and what else is known of it. */
function emitDocument({ blocks, ...more }: Document, emit: Emit): void {
  const { passages, characters } = splitDocument(blocks);
  if (passages.length === 0) throw new KnowledgeError('no_text', noPassage);
  for (let from = 0; from < passages.length; from += passagesAtOnce) {
    emit({ passages: passages.slice(from, from + passagesAtOnce) });
  }
  emit({ done: { characters, ...more } });
}

/**
 * Does one job of the reader's process.
 * @param emit takes progress, passages and the result
 * @throws KnowledgeError where the bytes can't be read
 */
export async function readJob(job: ReaderJob, bytes: Uint8Array, emit: Emit): Promise<void> {
  switch (job.kind) {
    case 'robots': {
      const { mayRead } = await import('../page/robots-rules.js');
      emit({ allowed: mayRead(job.url, new TextDecoder().decode(bytes), job.page) });
      return;
    }
    case 'pdf':
      return emitDocument(await readPdf(bytes, job.maxPages, emit), emit);
    case 'page':
      return emitDocument(await readPage(bytes, job), emit);
    case 'entry':
      return emitDocument(
        { blocks: blocksOfEntry(job.name, clean(new TextDecoder().decode(bytes))) },
        emit,
      );
  }
}
