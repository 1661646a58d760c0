import { readFile } from 'node:fs/promises';
import type { FoundKnowledge, KnowledgeDetail, KnowledgeItem, Problem } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { hostileUrls } from '../../activities/test/hostile-urls.js';
import type { Client } from '../support/client.js';
import { type Draft, node, row, ask } from '../support/flows.js';
import { useInstallation } from '../support/installation.js';
import { makePdf } from '../support/make-pdf.js';
import { until } from '../support/until.js';

const site = useInstallation();

/** Items have a status of their own. */
type Fault = Omit<Problem, 'status'>;

async function upload(client: Client, file: Uint8Array | undefined, name = 'handbook.pdf') {
  const form = new FormData();
  if (file) form.append('file', new Blob([new Uint8Array(file)]), name);
  const response = await fetch(`${client.url}/api/knowledge/pdf`, {
    method: 'POST',
    headers: { authorization: `Bearer ${client.token}` },
    body: form,
  });
  return { status: response.status, body: (await response.json()) as KnowledgeItem & Fault };
}

const post = async <T>(path: string, body?: object, as = site.client) =>
  as.call<T & Fault>('POST', `/api/knowledge${path}`, body);
const read = async (id: string, as = site.client) =>
  (await as.call<KnowledgeDetail>('GET', `/api/knowledge/${id}`)).body;
const search = async (query: string, as = site.client) =>
  (await post<FoundKnowledge>('/search', { query }, as)).body;

async function settled(id: string, as = site.client): Promise<KnowledgeDetail> {
  let item = await read(id, as);
  const isRead = async () => {
    item = await read(id, as);
    return item.status === 'ready' || item.status === 'failed';
  };
  await until(`item ${id} to be read`, isRead, { timeoutMs: 110_000 });
  return item;
}

/** A number in letters: numbers at the edge of each page are taken for those of pages. */
const inLetters = (number: number) =>
  [...String(number)].map((digit) => String.fromCharCode(65 + Number(digit))).join('');

const page = (number: number) => ({
  heading: `Chapter ${inLetters(number)}`,
  text: `The code word of chapter ${number} is zebra${number}. `.repeat(30),
});

describe('a PDF', () => {
  it('of 100 pages is read, and its passages say on which page they are', async () => {
    const pdf = await makePdf(Array.from({ length: 100 }, (_, index) => page(index + 1)));
    const { status, body } = await upload(site.client, pdf, 'Handbuch für Gäste.pdf');
    expect(status).toBe(201);
    expect(body).toMatchObject({ type: 'pdf', name: 'Handbuch für Gäste.pdf', enabled: true });
    const item = await settled(body.id);
    expect(item).toMatchObject({ status: 'ready', progress: 100, pages: 100, language: 'english' });
    expect(item.chunks).toBeGreaterThanOrEqual(100);
    expect(item.passages[0]).toMatchObject({ index: 0, page: 1, heading: 'Chapter B' });
    const found = await search('What is the code word zebra77?');
    expect(found.passages[0]).toMatchObject({ itemId: body.id, page: 77, heading: 'Chapter HH' });
  });

  it.each([
    ['protected', () => makePdf([page(1)], { userPassword: 'x' }), 'pdf_encrypted'],
    ['without text', () => makePdf([{}]), 'no_text'],
    ['cut off', async () => (await makePdf([page(1)])).subarray(0, 900), 'pdf_broken'],
  ])('that is %s says so', async (_, make, code) => {
    const { status, body } = await upload(site.client, await make());
    expect(status).toBe(201);
    const item = await settled(body.id);
    expect(item).toMatchObject({ status: 'failed', error: { code }, chunks: 0 });
  });

  it('is known by its content', async () => {
    const zip = await upload(site.client, Buffer.from('PK\u0003\u0004 word'), 'cv.pdf');
    expect(zip).toMatchObject({ status: 422, body: { code: 'not_a_pdf' } });
    expect(zip.body.detail).toMatch(/ZIP/);
    expect(await upload(site.client, undefined)).toMatchObject({
      status: 422,
      body: { code: 'invalid' },
    });
    const large = await upload(
      site.client,
      Buffer.concat([Buffer.from('%PDF-1.7'), Buffer.alloc(10_000_000)]),
    );
    expect(large).toMatchObject({ status: 413, body: { code: 'too_large' } });
    expect(await post('/pdf', {})).toMatchObject({ status: 415 });
  });
});

describe('a page', () => {
  it('is read, keeps its text until the new one is good, and is read again', async () => {
    site.web.put(
      '/help',
      '<title>Help of Nordlicht</title><main><h1>Lamps</h1><p>Lamps are blue.</p></main>',
    );
    const { body, status } = await post<KnowledgeItem>('/scrape', { url: `${site.web.url}/help` });
    expect(status).toBe(201);
    expect(await settled(body.id)).toMatchObject({
      name: 'Help of Nordlicht',
      passages: [{ text: 'Lamps are blue.', heading: 'Help of Nordlicht › Lamps' }],
    });
    const again = async () => {
      await post(`/${body.id}/refresh`);
      return settled(body.id);
    };
    site.web.put('/help', (response) => response.writeHead(404).end());
    expect(await again()).toMatchObject({
      status: 'failed',
      error: { code: 'http_status' },
      passages: [{ text: 'Lamps are blue.' }],
    });
    expect((await search('lamps')).passages[0]?.text).toBe('Lamps are blue.');
    site.web.put('/help', '<title>Help</title><h1>Lamps</h1><p>Lamps are green.</p>');
    const after = await again();
    expect(after).toMatchObject({ status: 'ready', passages: [{ text: 'Lamps are green.' }] });
    expect(after.error).toBeUndefined();
    const found = (await search('lamps')).passages.map(({ text }) => text);
    expect(found[0]).toBe('Lamps are green.');
    expect(found).not.toContain('Lamps are blue.');
  });

  it.each([
    [
      '/picture',
      (url: string) =>
        site.web.put(url, (to) => to.writeHead(200, { 'content-type': 'image/png' }).end('x')),
      'page_not_html',
    ],
    ['/large', (url: string) => site.web.put(url, 'x'.repeat(2_100_000)), 'http_too_large'],
    [
      '/inside',
      (url: string) =>
        site.web.put(url, (to) => to.writeHead(302, { location: 'http://169.254.169.254/' }).end()),
      'egress_refused',
    ],
  ])('that cannot be read says why: %s', async (path, put, code) => {
    put(path);
    const { body } = await post<KnowledgeItem>('/scrape', { url: `${site.web.url}${path}` });
    expect(await settled(body.id)).toMatchObject({ status: 'failed', error: { code } });
  });

  it('is left alone where robots.txt says so', async () => {
    site.web.put('/robots.txt', (to) => to.writeHead(200).end('User-agent: *\nDisallow: /private'));
    site.web.put('/private', '<p>Nothing for robots.</p>');
    const { body } = await post<KnowledgeItem>('/scrape', { url: `${site.web.url}/private` });
    expect((await settled(body.id)).error?.code).toBe('robots_refused');
    expect(site.web.asked).not.toContain('/private');
  });

  it('at a hostile address is refused at once', async () => {
    // Those of names that only the test's own DNS knows are judged in the unit tests.
    const literal = hostileUrls.filter((url) => !/\.test|internal/.test(url));
    expect(literal.length).toBeGreaterThanOrEqual(40);
    for (const url of literal) {
      const { status, body } = await post('/scrape', { url });
      expect([url, status]).toEqual([url, 422]);
      expect(body.code).toBe(url === '' ? 'invalid' : 'egress_refused');
    }
  });
});

describe('an entry', () => {
  it('is found at once, can be renamed, disabled and deleted, by its owner only', async () => {
    const entry = { question: 'Do you ship to the moon?', answer: 'Only on Fridays.' };
    const { status, body } = await post<KnowledgeItem>('/manual', entry);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      type: 'manual',
      status: 'ready',
      chunks: 1,
      question: entry.question,
    });
    const found = async (as?: Client) =>
      (await search('shipping to the moon', as)).passages.map(({ itemId }) => itemId);
    expect(await found()).toContain(body.id);
    const stranger = await site.another();
    expect(await found(stranger)).toEqual([]);
    const put = (change: object) =>
      site.client.call<KnowledgeItem>('PUT', `/api/knowledge/${body.id}`, change);
    expect((await put({ enabled: false, name: 'Moon' })).body).toMatchObject({
      name: 'Moon',
      enabled: false,
    });
    expect(await found()).not.toContain(body.id);
    await put({ enabled: true });
    expect(await found()).toContain(body.id);
    expect((await site.client.call('DELETE', `/api/knowledge/${body.id}`)).status).toBe(204);
    expect(await found()).not.toContain(body.id);
    expect((await site.client.call('GET', `/api/knowledge/${body.id}`)).status).toBe(404);
  });
});

describe('an ai node', () => {
  const flow = (data: object): Draft =>
    row([ask('question'), node('answer', 'ai', { prompt: 'Answer {{ vars.question }}', ...data })]);

  it('answers from passages, by words and meaning, and names its sources', async () => {
    const client = await site.another();
    const entry = { name: 'Parrots', content: 'Parrots are let in on Sundays.' };
    const { body: item } = await post<KnowledgeItem>('/manual', entry, client);
    await post('/manual', { name: 'Dogs', content: 'Dogs are let in always.' }, client);
    await until('meanings to be stored', async () => (await read(item.id, client)).embedded);
    expect((await search('parrots', client)).mode).toBe('hybrid');
    const run = await site.hold(flow({ useKnowledge: true, knowledge: [item.id] }), {}, client);
    await run.say('When are parrots let in?');
    expect(await run.finished()).toMatchObject({ status: 'completed' });
    const events = await client.events(run.runId);
    const answered = events.find(({ type }) => type === 'ai.completed');
    expect(answered?.data).toMatchObject({
      sources: [{ itemId: item.id, name: 'Parrots', heading: 'Parrots' }],
    });
    const [asked] = site.asked('Answer When are parrots let in?');
    const quoted = asked?.body.contents?.at(-1)?.parts?.at(-2)?.text;
    expect(quoted).toContain('Parrots are let in on Sundays.');
    expect(quoted).not.toContain('Dogs');
  });
});

describe('a document that somebody else made', () => {
  const fixture = (name: string) => readFile(new URL(`../fixtures/${name}`, import.meta.url));
  const given = async (name: string, as: Client) => {
    const { status, body } = await upload(as, await fixture(name), name);
    expect(status).toBe(201);
    return settled(body.id, as);
  };

  it('of 134 pages answers from the page that says it', async () => {
    const owner = await site.another();
    const item = await given('reportlab-userguide.pdf', owner);
    expect(item).toMatchObject({ status: 'ready', pages: 134, language: 'english' });
    // The best by words; the meanings of the fake model say nothing, and may come between.
    const pagesFor = async (query: string) => {
      const { body } = await post<FoundKnowledge>('/search', { query, limit: 10 }, owner);
      return body.passages.map(({ page: at }) => at);
    };
    expect(await pagesFor('Can readers jump from one part of a document to another?')).toContain(
      55,
    );
    expect(await pagesFor('How is a PDF protected by a password?')).toContain(59);
    const texts = item.passages.map(({ text }) => text);
    expect(texts.every((text) => text.trim() !== '' && text.length < 4_000)).toBe(true);
  });

  it('may be scanned, with the text of OCR', async () => {
    const owner = await site.another();
    const item = await given('siege-of-vicksburg.pdf', owner);
    expect(item).toMatchObject({ status: 'ready', pages: 6, language: 'english' });
    const { passages } = await search('What did the garrison have to eat?', owner);
    expect(passages[0]).toMatchObject({ itemId: item.id, page: 6 });
    expect(passages[0]?.text).toContain('mule');
  });

  it('may be locked, and says so', async () => {
    const { body } = await upload(site.client, await fixture('aes-256-protected.pdf'));
    expect((await settled(body.id)).error?.code).toBe('pdf_encrypted');
  });
});

describe('a crash', () => {
  it('of the worker in the middle loses nothing', async () => {
    const pdf = await makePdf(
      Array.from({ length: 400 }, (_, index) => ({
        ...page(index + 1),
        text: page(index).text.repeat(2),
      })),
    );
    const { body } = await upload(site.client, pdf);
    await until('some pages to be read', async () => (await read(body.id)).progress > 5);
    await site.system.kill('worker');
    const item = await settled(body.id);
    expect(item).toMatchObject({ status: 'ready', pages: 400 });
    expect(new Set(item.passages.map(({ index }) => index)).size).toBe(item.passages.length);
  });
});
