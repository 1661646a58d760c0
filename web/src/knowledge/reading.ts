import type { KnowledgeItem } from '@crmflow/contracts';
import { ago } from '../ui/format/when.js';
import { texts } from './knowledge-texts.js';

/** Whether an item is not read to its end yet. */
export const isBeingRead = ({ status }: KnowledgeItem): boolean =>
  status === 'waiting' || status === 'reading';

/** What is to be told of an item's reading; nothing where it is read and in use. */
export function statusWords({ status, progress, enabled, readAt }: KnowledgeItem): string {
  if (status === 'waiting') return texts.status.waiting;
  if (status === 'reading') {
    return readAt === undefined ? texts.status.reading(progress) : texts.status.again(progress);
  }
  if (status === 'failed') {
    return readAt === undefined ? texts.status.failed : texts.status.failedAgain;
  }
  return enabled ? '' : texts.status.off;
}

/** How much was read of an item, and when. */
export function readingFacts({ pages, chunks, characters, readAt }: KnowledgeItem): string[] {
  if (readAt === undefined) return [];
  return [
    ...(pages === undefined ? [] : [texts.facts.pages(pages)]),
    texts.facts.passages(chunks),
    texts.facts.characters(characters),
    texts.facts.read(ago(readAt)),
  ];
}
