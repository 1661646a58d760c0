import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { makePdf } from '../../../../tests/support/make-pdf.js';
import { isAlive } from '../../../../tests/support/system.js';
import { until } from '../../../../tests/support/until.js';
import { blocksOfPages } from './blocks-of-pages.js';
import { readPdf } from './read-pdf.js';
import type { ReaderLimits } from './run-reader.js';

const { signal } = new AbortController();
const read = (bytes: Uint8Array, may?: ReaderLimits) =>
  readPdf(bytes, { signal, ...(may && { may }) });

const sentence = 'Goods may be sent back to us within thirty days of their delivery. ';

/** A PDF of one page whose drawing unpacks to so many bytes. */
function bomb(bytes: number): Buffer {
  const packed = deflateSync(Buffer.alloc(bytes, 0x20), { level: 9 });
  const parts = [
    Buffer.from(
      '%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n' +
        '2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n' +
        '3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>\nendobj\n' +
        `4 0 obj\n<</Filter/FlateDecode/Length ${packed.length}>>\nstream\n`,
    ),
    packed,
    Buffer.from('\nendstream\nendobj\ntrailer\n<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n'),
  ];
  return Buffer.concat(parts);
}

describe('readPdf', () => {
  it('reads each page, its headings and paragraphs, and tells how far it is', async () => {
    const pdf = await makePdf([
      { heading: 'Returns', text: sentence.repeat(6) },
      { heading: 'Shipping', text: 'We ship on weekdays. '.repeat(10) },
    ]);
    const told: string[] = [];
    const onPage = (page: number, total: number) => void told.push(`${page}/${total}`);
    const { blocks, pages } = await readPdf(pdf, { signal, onPage });
    expect(pages).toBe(2);
    expect(told).toEqual(['1/2', '2/2']);
    expect(blocks).toEqual([
      { kind: 'heading', level: 2, text: 'Returns', page: 1 },
      { kind: 'text', text: sentence.repeat(6).trim(), page: 1 },
      { kind: 'heading', level: 2, text: 'Shipping', page: 2 },
      { kind: 'text', text: 'We ship on weekdays. '.repeat(10).trim(), page: 2 },
    ]);
  });

  it('reads what may be opened by anyone though it may not be changed', async () => {
    const pdf = await makePdf([{ text: sentence }], { ownerPassword: 'x' });
    expect((await read(pdf)).blocks).toHaveLength(1);
  });

  it('says that it is protected', async () => {
    const pdf = await makePdf([{ text: sentence }], { userPassword: 'x', ownerPassword: 'y' });
    await expect(read(pdf)).rejects.toMatchObject({ code: 'pdf_encrypted', retryable: false });
  });

  it.each([
    ['cut off in the middle', (pdf: Buffer) => pdf.subarray(0, pdf.length / 2)],
    ['garbage', () => Buffer.from('%PDF-1.7\nthis is nothing %%EOF')],
    ['nothing', () => Buffer.alloc(0)],
  ])('says that it is broken: %s', async (_, damage) => {
    const pdf = await makePdf([{ text: sentence }]);
    await expect(read(damage(pdf))).rejects.toMatchObject({ code: 'pdf_broken', retryable: false });
  });

  it('says that it has no text', async () => {
    await expect(read(await makePdf([{}, {}]))).rejects.toMatchObject({ code: 'no_text' });
  });

  // The reader gives way to whatever else runs.
  it('is not brought down by a bomb', { timeout: 300_000 }, async () => {
    const pdf = bomb(600_000_000);
    expect(pdf.length).toBeLessThan(1_000_000);
    const may = { memoryBytes: 300_000_000, timeMs: 240_000, pages: 100 };
    await expect(read(pdf, may)).rejects.toThrow(/unpacks to more than 300 MB/);
  });

  it('has limits on time and pages', async () => {
    const pdf = await makePdf([{ text: sentence }, { text: sentence }]);
    const may = { memoryBytes: 700_000_000, timeMs: 60_000, pages: 100 };
    await expect(read(pdf, { ...may, timeMs: 1 })).rejects.toThrow(/0\.001 s/);
    await expect(read(pdf, { ...may, pages: 1 })).rejects.toThrow(/has 2 pages, and 1 can/);
  });

  it('ends at once where it is not wanted any more', async () => {
    const controller = new AbortController();
    const pdf = await makePdf(Array.from({ length: 20 }, () => ({ text: sentence })));
    const reason = new Error('cancelled');
    const onPage = () => controller.abort(reason);
    const reading = readPdf(pdf, { signal: controller.signal, onPage });
    await expect(reading).rejects.toBe(reason);
  });

  it('ends with the process that asked for it, whatever it waits for', async () => {
    const program = fileURLToPath(new URL('../../../child/read-pdf.mjs', import.meta.url));
    const asking = `
      const { spawn } = require('node:child_process');
      const how = { stdio: [3, 'ignore', 'ignore', 'pipe'], detached: true };
      console.log(spawn(process.execPath, [${JSON.stringify(program)}, '1e9', '9', process.pid], how).pid);`;
    // Its input stays open here, so that it has no other reason to end.
    const stdio = ['ignore', 'pipe', 'inherit', 'pipe'] as const;
    const parent = spawn(process.execPath, ['-e', asking], { stdio: [...stdio] });
    const told = createInterface({ input: parent.stdout as Readable });
    const [line] = (await once(told, 'line')) as [string];
    const reader = Number(line);
    expect(isAlive(reader)).toBe(true);
    parent.kill('SIGKILL');
    await until('the reader to end', () => !isAlive(reader));
    (parent.stdio[3] as Writable).end();
  });
});

describe('blocksOfPages', () => {
  it('leaves out what repeats at the edges of pages', () => {
    const pages = Array.from(
      { length: 5 },
      (_, index) =>
        `Handbook of Nordlicht\nText of part ${'abcde'[index]} is here.\nPage ${index + 1} of 5`,
    );
    expect(blocksOfPages(pages).map(({ text }) => text)).toEqual(
      [...'abcde'].map((letter) => `Text of part ${letter} is here.`),
    );
  });

  it('makes a paragraph whole that goes on overleaf', () => {
    expect(blocksOfPages(['The price is paid in', 'advance by card. Thanks.'])).toEqual([
      { kind: 'text', text: 'The price is paid in advance by card. Thanks.', page: 1 },
    ]);
  });
});
