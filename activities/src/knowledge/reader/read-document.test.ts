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
import { blocksOfPages } from '../pdf/blocks-of-pages.js';
import type { ReaderLimits } from './protocol.js';
import { createDocumentReader } from './read-document.js';

const { signal } = new AbortController();
const reader = createDocumentReader();
const usual: ReaderLimits = { memoryBytes: 700_000_000, timeMs: 60_000 };
const read = (bytes: Uint8Array, may = usual, maxPages = 500) =>
  reader.readDocument({ kind: 'pdf', maxPages }, bytes, { signal, may });

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

describe('a PDF', () => {
  it('reads each page, its headings and paragraphs, and tells how far it is', async () => {
    const pdf = await makePdf([
      { heading: 'Returns', text: sentence.repeat(6) },
      { heading: 'Shipping', text: 'We ship on weekdays. '.repeat(10) },
    ]);
    const progress: string[] = [];
    const onPage = (page: number, total: number) => void progress.push(`${page}/${total}`);
    const { passages, pages } = await reader.readDocument({ kind: 'pdf', maxPages: 9 }, pdf, {
      signal,
      onPage,
    });
    expect(pages).toBe(2);
    expect(progress).toEqual(['1/2', '2/2']);
    expect(passages).toEqual([
      { heading: 'Returns', text: sentence.repeat(6).trim(), page: 1 },
      { heading: 'Shipping', text: 'We ship on weekdays. '.repeat(10).trim(), page: 2 },
    ]);
  });

  it('reads what may be opened by anyone though it may not be changed', async () => {
    const pdf = await makePdf([{ text: sentence }], { ownerPassword: 'x' });
    expect((await read(pdf)).passages).toHaveLength(1);
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

  it('is not brought down by a bomb', async () => {
    const pdf = bomb(600_000_000);
    expect(pdf.length).toBeLessThan(1_000_000);
    const may = { memoryBytes: 300_000_000, timeMs: 60_000 };
    await expect(read(pdf, may)).rejects.toThrow(/takes more than 300 MB of memory/);
  });

  it('has limits on time and pages', async () => {
    const pdf = await makePdf([{ text: sentence }, { text: sentence }]);
    const may = { memoryBytes: 700_000_000, timeMs: 60_000 };
    await expect(read(pdf, { ...may, timeMs: 1 })).rejects.toThrow(/0\.001 s/);
    await expect(read(pdf, may, 1)).rejects.toThrow(/has 2 pages, and the limit is 1/);
  });

  it('ends at once where it is not wanted any more', async () => {
    const controller = new AbortController();
    const pdf = await makePdf(Array.from({ length: 20 }, () => ({ text: sentence })));
    const reason = new Error('cancelled');
    const onPage = () => controller.abort(reason);
    const reading = reader.readDocument({ kind: 'pdf', maxPages: 99 }, pdf, {
      signal: controller.signal,
      onPage,
    });
    await expect(reading).rejects.toBe(reason);
  });

  it('ends with the process that asked for it, whatever it waits for', async () => {
    const program = fileURLToPath(
      new URL('../../../dist/knowledge/reader/child.js', import.meta.url),
    );
    const asking = `
      const { spawn } = require('node:child_process');
      const how = { stdio: [3, 'ignore', 'ignore', 'pipe'], detached: true };
      console.log(spawn(process.execPath, [${JSON.stringify(program)}, '1e9', '1e9', process.pid], how).pid);`;
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

/** What froze or killed a worker when it was read there; each is read, or refused, within its limits. */
const hostilePages: [string, string][] = [
  ['cell marks', `<p>a${'|'.repeat(70_000)}b</p>`],
  ['lists in lists', '<ul><li><a href="#">one</a>'.repeat(240) + 'text '.repeat(5_000)],
  ['main parts in main parts', '<main>hello '.repeat(240) + 'text '.repeat(5_000)],
  ['paragraphs that hold items', '<p><li>'.repeat(2_000) + 'hello'],
  ['heads of a table in each other', `<table>${'<thead>'.repeat(20_000)}hello`],
  ['breaks beside its main part', `<body><main>hello</main>${'<br>'.repeat(200_000)}note`],
];
const hostileTexts: [string, string][] = [
  ['a heading of hashes', `# ${'#'.repeat(100_000)}x`],
  ['abbreviations without end', 'Dr. '.repeat(60_000)],
  ['headings without text', 'Abc\n\n'.repeat(60_000)],
  ['many short sections', '# a\nb\n'.repeat(50_000)],
];

describe('what strangers wrote', () => {
  const may: ReaderLimits = { memoryBytes: 400_000_000, timeMs: 10_000 };
  const ends = (reading: Promise<unknown>) =>
    reading.then(
      () => 'read',
      (error: { code: string; retryable: boolean }) => {
        expect(error).toMatchObject({ code: expect.any(String), retryable: false });
        return error.code;
      },
    );

  it.each(hostilePages)('is read or refused within its limits: a page of %s', async (_, html) => {
    const job = { kind: 'page', contentType: 'text/html', shown: 'https://x.test' } as const;
    const end = await ends(reader.readDocument(job, Buffer.from(html), { signal, may }));
    expect(['read', 'page_not_html', 'no_text']).toContain(end);
  });

  it.each(hostileTexts)('is read within its limits: %s', async (_, text) => {
    const job = { kind: 'entry', name: 'Entry' } as const;
    expect(await ends(reader.readDocument(job, Buffer.from(text), { signal, may }))).toBe('read');
  });

  it.each([
    ['many names above many rules', ['User-agent: a', 'Disallow: /']],
    ['many names of all robots', ['User-agent: *', 'Disallow: /x']],
  ])('a robots.txt of %s is read', async (_, [name = '', rule = '']) => {
    const text = `${`${name}\n`.repeat(9_000)}${`${rule}\n`.repeat(9_000)}`;
    const job = { url: 'https://x.test/robots.txt', page: 'https://x.test/help' };
    expect(await reader.askRobots(Buffer.from(text), job, signal)).toBe(true);
  });

  it('has two processes at most, whoever asks', async () => {
    let [running, most] = [0, 0];
    const pdf = await makePdf(Array.from({ length: 3 }, () => ({ text: sentence })));
    await Promise.all(
      Array.from({ length: 5 }, () => {
        let begun = false;
        return reader
          .readDocument({ kind: 'pdf', maxPages: 9 }, pdf, {
            signal,
            onPage() {
              if (!begun) running += 1;
              begun = true;
              most = Math.max(most, running);
            },
          })
          .then(() => (running -= 1));
      }),
    );
    expect(most).toBeLessThanOrEqual(2);
  });
});

describe('blocksOfPages', () => {
  it('leaves out what repeats at the edges of pages', () => {
    const pages = Array.from(
      { length: 5 },
      (_, index) =>
        `Handbook of Nordlicht\nText of part ${'abcde'[index]} is here.\nPage ${index + 1} of 5`,
    );
    const { blocks, leftOut } = blocksOfPages(pages);
    const parts = [...'abcde'].map((letter) => `Text of part ${letter} is here.`);
    const told = blocks.map(({ text }) => text).join(' ');
    // What runs is told once.
    expect(told).toBe(`Handbook of Nordlicht ${parts[0]} ${parts.slice(1).join(' ')}`);
    expect(leftOut).toMatchObject([{ reason: 'running_line', pages: [1, 2, 3, 4, 5] }]);
  });

  const pagesOf = (lines: (index: number) => string) =>
    Array.from({ length: 6 }, (_, index) => lines(index));
  it.each<[what: string, pages: string[], lost: string[]]>([
    ['prices that differ', pagesOf((at) => `Item ${'abcdef'[at]}\nPrice: ${19 + at * 7} EUR`), []],
    ['prices that are the same', pagesOf((at) => `Item ${'abcdef'[at]}\nPrice: 19 EUR`), []],
    ['figures that differ', pagesOf((at) => `Room ${'abcdef'[at]}\nSeats: ${(at * 37) % 90}`), []],
    ['figures that go up by twos', pagesOf((at) => `Name ${'abcdef'[at]}\nLevel ${at * 2}`), []],
    ['nothing but one line', pagesOf(() => 'Closed on Sundays'), []],
    ['numbers of pages', pagesOf((at) => `Text ${'abcdef'[at]} here\n- ${at + 7} -`), ['- 7 -']],
    ['pages of how many', pagesOf((at) => `Text ${'abcdef'[at]} here\n${at + 1}/6`), ['1/6']],
    [
      'a running title',
      pagesOf((at) => `Handbook 2026\nText ${'abcdef'[at]} here`),
      ['Handbook 2026'],
    ],
  ])('keeps all but repetition of %s', (_, pages, lost) => {
    const { leftOut } = blocksOfPages(pages);
    expect(leftOut.flatMap(({ example = [] }) => example)).toEqual(lost);
  });

  it('makes a paragraph whole that goes on overleaf', () => {
    expect(blocksOfPages(['The price is paid in', 'advance by card. Thanks.']).blocks).toEqual([
      { kind: 'text', text: 'The price is paid in advance by card. Thanks.', page: 1 },
    ]);
  });
});
