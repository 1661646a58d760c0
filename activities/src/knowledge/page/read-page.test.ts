import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listen } from '../../../../tests/support/listen.js';
import { hostileResolve, hostileUrls } from '../../../test/hostile-urls.js';
import { createEgress } from '../../egress/egress.js';
import { createUrlJudge } from '../../egress/judge-url.js';
import { createDocumentReader } from '../reader/read-document.js';
import { readPage } from './read-page.js';

type Handle = (request: IncomingMessage, response: ServerResponse) => void;

const pages = new Map<string, Handle>();
const asked: IncomingMessage[] = [];
const server = createServer((request, response) => {
  asked.push(request);
  const handle = pages.get(request.url ?? '');
  if (handle) handle(request, response);
  else response.writeHead(404).end();
});
let origin: string;
let egress: ReturnType<typeof createEgress>;

beforeAll(async () => {
  const host = `127.0.0.1:${await listen(server)}`;
  origin = `http://${host}`;
  egress = createEgress({ allow: [host] });
});
afterAll(async () => {
  await egress.close();
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  pages.clear();
  asked.length = 0;
});

const html =
  (body: string, type = 'text/html; charset=utf-8'): Handle =>
  (_, response) =>
    response.writeHead(200, { 'content-type': type }).end(body);
const redirect =
  (to: string): Handle =>
  (_, response) =>
    response.writeHead(302, { location: to }).end();
const status =
  (code: number): Handle =>
  (_, response) =>
    response.writeHead(code).end();

const { signal } = new AbortController();
const reader = createDocumentReader();
const read = (path: string) => readPage({ egress, reader }, `${origin}${path}`, signal);

describe('readPage', () => {
  it('reads a page and its title, and says who it is', async () => {
    pages.set('/help', html('<title>Help</title><p>Call us.</p>'));
    expect(await read('/help')).toEqual({
      name: 'Help',
      characters: 12,
      passages: [{ heading: 'Help', text: 'Call us.' }],
    });
    expect(asked.map(({ url }) => url)).toEqual(['/robots.txt', '/help']);
    for (const { headers } of asked) expect(headers['user-agent']).toMatch(/^CRMFlow\//);
  });

  it('reads plain text', async () => {
    pages.set('/a.txt', html('# Hours\nNine to five.', 'text/plain'));
    expect((await read('/a.txt')).passages).toEqual([{ heading: 'Hours', text: 'Nine to five.' }]);
  });

  it('follows redirects, and asks the robots of where they lead', async () => {
    pages.set('/old', redirect('/new'));
    pages.set('/new', html('<p>Here it is.</p>'));
    expect((await read('/old')).passages).toHaveLength(1);
    pages.set('/robots.txt', html('User-agent: *\nDisallow: /new', 'text/plain'));
    await expect(read('/old')).rejects.toMatchObject({ code: 'robots_refused' });
  });

  it.each([
    ['User-agent: *\nDisallow: /', 'robots_refused'],
    ['User-agent: CRMFlow\nDisallow: /help', 'robots_refused'],
    ['User-agent: CRMFlow\nAllow: /\n\nUser-agent: *\nDisallow: /', null],
    ['User-agent: *\nDisallow: /help\nAllow: /help$', null],
    ['User-agent: *\nDisallow: /\n\nUser-agent: CRMFlow/2.0\nCrawl-delay: 3', null],
    ['User-agent: CRMFlowBot\nDisallow: /', null],
    ['\u0000\u0001 garbage', null],
  ])('heeds robots.txt: %j', async (rules, code) => {
    pages.set('/robots.txt', html(rules, 'text/plain'));
    pages.set('/help', html('<p>Call us.</p>'));
    if (code === null) {
      await read('/help');
    } else {
      await expect(read('/help')).rejects.toMatchObject({ code, retryable: false });
      expect(asked).toHaveLength(1);
    }
  });

  it('waits with a site whose robots.txt fails', async () => {
    pages.set('/robots.txt', status(503));
    pages.set('/help', html('<p>Call us.</p>'));
    await expect(read('/help')).rejects.toMatchObject({ code: 'http_status', retryable: true });
  });

  it.each([
    ['is not there', status(404), { code: 'http_status', retryable: false }],
    ['is tired', status(503), { code: 'http_status', retryable: true }],
    ['is a picture', html('x', 'image/png'), { code: 'page_not_html' }],
    ['is empty', html('<main></main>'), { code: 'no_text' }],
    ['is a bomb', html('<b>'.repeat(600_000)), { code: 'page_not_html', retryable: false }],
    ['is too large', html('x'.repeat(2_000_001)), { code: 'http_too_large' }],
    ['leads into the network', redirect('http://10.0.0.1/'), { code: 'egress_refused' }],
    ['leads to the metadata', redirect('http://169.254.169.254/'), { code: 'egress_refused' }],
    ['leads to a file', redirect('file:///etc/passwd'), { code: 'egress_refused' }],
    ['leads around', redirect('/page'), { code: 'http_redirects' }],
  ])('says what is wrong with a page that %s', async (_, handle, fault) => {
    pages.set('/page', handle);
    await expect(read('/page')).rejects.toMatchObject(fault);
  });
});

describe('hostile addresses', () => {
  const guarded = createEgress({ allow: [], resolve: hostileResolve });
  const judge = createUrlJudge([], hostileResolve);
  afterAll(() => guarded.close());

  it('are many', () => expect(hostileUrls.length).toBeGreaterThanOrEqual(40));

  it.each(hostileUrls)('are refused at once and where they are read: %s', async (url) => {
    expect(await judge(url)).toMatchObject({ refused: expect.any(String) as string });
    const reading = readPage({ egress: guarded, reader }, url, signal);
    await expect(reading).rejects.toMatchObject({ code: 'egress_refused', retryable: false });
  });

  it('a name that cannot be resolved now is left to who fetches it', async () => {
    const lost = createUrlJudge([], () => Promise.reject(new Error('ENOTFOUND')));
    expect(await lost('https://example.com/x')).toMatchObject({ url: { hostname: 'example.com' } });
  });
});
