import { describe, expect, it } from 'vitest';
import { oddPages } from '../../../../tests/support/odd-documents/odd-pages.js';
import { oddPdfs } from '../../../../tests/support/odd-documents/odd-pdfs.js';
import { toldBy } from '../../../../tests/support/odd-documents/told-by.js';
import { wordsInOrder } from '../../../../tests/support/odd-documents/words-in-order.js';
import { createDocumentReader } from './read-document.js';

const reader = createDocumentReader();
const { signal } = new AbortController();

describe('an odd page', () => {
  it.each(oddPages)('is read: $name', async ({ type = 'text/html', body, read }) => {
    const job = { kind: 'page', contentType: type, shown: 'https://x.example/' } as const;
    const { passages, name = '' } = await reader.readDocument(job, Buffer.from(body), { signal });
    const told = toldBy(passages, name);
    expect(wordsInOrder(read, told), told).toBeGreaterThanOrEqual(0.9);
  });
});

describe('an odd PDF', () => {
  it.each(oddPdfs)('is read: $name', async ({ make, read }) => {
    const job = { kind: 'pdf', maxPages: 100 } as const;
    const { passages } = await reader.readDocument(job, await make(), { signal });
    const told = toldBy(passages, '');
    expect(wordsInOrder(read, told), told).toBeGreaterThanOrEqual(0.9);
  });
});
