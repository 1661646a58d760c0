import { limits } from '@crmflow/contracts';
import type { ReadDocument, ReadingSource } from '@crmflow/db';
import type { Egress } from '../egress/egress.js';
import { readPage } from './page/read-page.js';
import type { DocumentReader } from './reader/read-document.js';

/** What reading an item takes besides the item. */
export type ReadSourceDeps = { egress: Egress; reader: DocumentReader };

/**
 * Reads what an item is made from.
 * @param onProgress told how much of it is read, from 0 to 1
 * @throws KnowledgeError, EgressError
 */
export async function readSource(
  deps: ReadSourceDeps,
  { type, name, url, question, file }: ReadingSource,
  {
    signal,
    onProgress,
  }: { signal: AbortSignal; onProgress: (share: number) => Promise<void> | void },
): Promise<ReadDocument> {
  if (type === 'url') {
    const { name: title, ...page } = await readPage(deps, url ?? '', signal);
    // A name of its owner's stays.
    return { ...page, ...(title !== undefined && name === url && { name: title }) };
  }
  const bytes = file ?? Buffer.alloc(0);
  if (type === 'manual') {
    return deps.reader.readDocument({ kind: 'entry', name: question ?? name }, bytes, { signal });
  }
  return deps.reader.readDocument({ kind: 'pdf', maxPages: limits.pdfPages }, bytes, {
    signal,
    onPage: (page, total) => onProgress(page / total),
  });
}
