import { storable } from '@crmflow/contracts/storable';
import { type Block, blocksOfEntry, blocksOfText, splitDocument } from '@crmflow/db/passages';
import { KnowledgeError } from '../knowledge-error.js';
import { decodeText } from '../../text/decode.js';
import { blocksOfPages } from '../pdf/blocks-of-pages.js';
import type { ReaderJob, ReaderLine } from './protocol.js';

/** Viewers look for the end of a PDF about there. */
const tailBytes = 4_096;
const maxTitle = 200;
/** Passages in a line: parsing one must not hold up the process that reads it. */
const passagesAtOnce = 50;

type Document = { blocks: readonly Block[]; pages?: number; title?: string };
type Emit = (line: ReaderLine) => void;

/** @throws KnowledgeError `no_text` with this message where no block has a word */
function requireText(blocks: readonly Block[], message: string): void {
  if (blocks.some(({ text }) => /\p{L}{2}/u.test(text))) return;
  throw new KnowledgeError('no_text', message);
}

// What only one kind of job needs is loaded by that: the process starts for each.

async function readPdf(bytes: Uint8Array, maxPages: number, emit: Emit): Promise<Document> {
  if (!Buffer.from(bytes.subarray(-tailBytes)).includes('%%EOF')) {
    throw new KnowledgeError(
      'pdf_broken',
      'The PDF ends unexpectedly, as after an interrupted download. Upload the complete file.',
    );
  }
  const { pagesOfPdf } = await import('../pdf/pages-of-pdf.js');
  const texts = await pagesOfPdf(bytes, maxPages, (page, total) => emit({ page, total }));
  const blocks = blocksOfPages(texts.map(storable));
  requireText(
    blocks,
    'The PDF contains only images. Run text recognition (OCR) on it and upload it again.',
  );
  return { blocks, pages: texts.length };
}

async function readPage(
  bytes: Uint8Array,
  { contentType, shown }: Extract<ReaderJob, { kind: 'page' }>,
): Promise<Document> {
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const decode = (isPage: boolean) => storable(decodeText(contentType, bytes, { isPage }));
  const noText = `${shown} has no text. Its scripts may load it; add the text as an entry instead.`;
  if (type === 'text/html' || type === 'application/xhtml+xml') {
    const { blocksOfPage } = await import('../page/blocks-of-page.js');
    const { title, blocks } = blocksOfPage(decode(true), shown);
    requireText(blocks, noText);
    const name = title.slice(0, maxTitle);
    if (name === '') return { blocks };
    return { blocks: [{ kind: 'heading', level: 0, text: name }, ...blocks], title: name };
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
        { blocks: blocksOfEntry(job.name, new TextDecoder().decode(bytes)) },
        emit,
      );
  }
}
