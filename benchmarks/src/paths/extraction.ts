import { load } from 'cheerio';
import { PDFParse } from 'pdf-parse';
import { createDocumentReader } from '../../../activities/src/knowledge/reader/read-document.js';
import { log } from '../../../scripts/boot/log.mjs';
import { oddPages } from '../../../tests/support/odd-documents/odd-pages.js';
import { oddPdfs } from '../../../tests/support/odd-documents/odd-pdfs.js';
import { toldBy } from '../../../tests/support/odd-documents/told-by.js';
import { wordsInOrder } from '../../../tests/support/odd-documents/words-in-order.js';
import type { Line } from '../table.js';

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** The words of odd documents that are found in their order: ours, pdf-parse and cheerio's text. */
export async function extraction(): Promise<Line[]> {
  const reader = createDocumentReader();
  const { signal } = new AbortController();
  const pages: [number, number][] = [];
  const pdfs: [number, number][] = [];
  const note = (to: [number, number][], name: string, ours: number, plain: number) => {
    to.push([ours, plain]);
    log(`${ours.toFixed(2)} against ${plain.toFixed(2)}: ${name}`);
  };
  for (const { name, type = 'text/html', body, read } of oddPages) {
    const bytes = Buffer.from(body);
    const $ = load(bytes);
    const shown = 'https://x.example/';
    const ours = await reader
      .readDocument({ kind: 'page', contentType: type, shown }, bytes, { signal })
      .catch(() => ({ passages: [], name: '' }));
    const told = toldBy(ours.passages, ours.name ?? '');
    note(pages, name, wordsInOrder(read, told), wordsInOrder(read, $.root().text()));
  }
  for (const { name, make, read } of oddPdfs) {
    const bytes = await make();
    const ours = await reader
      .readDocument({ kind: 'pdf', maxPages: 100 }, bytes, { signal })
      .catch(() => ({ passages: [] }));
    const plain = await new PDFParse({ data: new Uint8Array(bytes), verbosity: 0 })
      .getText({ pageJoiner: '' })
      .then(({ text }) => text)
      .catch(() => '');
    note(pdfs, name, wordsInOrder(read, toldBy(ours.passages, '')), wordsInOrder(read, plain));
  }
  const line = (what: string, scores: readonly [number, number][]): Line => ({
    ...{ what, unit: '', aim: '≥ 0.95' },
    path: mean(scores.map(([ours]) => ours)),
    floor: mean(scores.map(([, plain]) => plain)),
  });
  return [
    line(`words of ${oddPages.length} odd pages, floor: cheerio text()`, pages),
    line(`words of ${oddPdfs.length} odd PDFs, floor: pdf-parse`, pdfs),
  ];
}
