import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, newUser } from '../testing/ask.js';
import { newChat } from '../testing/conversations.js';
import { startTestApi, type TestApi } from '../testing/test-api.js';

let api: TestApi;
let webFolder: string;
beforeAll(async () => {
  webFolder = await mkdtemp(join(tmpdir(), 'web-'));
  await mkdir(join(webFolder, 'assets'));
  await mkdir(join(webFolder, 'docs/errors'), { recursive: true });
  await writeFile(join(webFolder, 'index.html'), '<title>CRMFlow</title>');
  await writeFile(join(webFolder, 'docs/api.html'), '<redoc></redoc>');
  await writeFile(join(webFolder, 'docs/errors/invalid.html'), '<h1>Validation failed</h1>');
  await writeFile(join(webFolder, 'assets', 'app-1a2b.js'), 'export {};');
  await mkdir(join(webFolder, 'embed'));
  await writeFile(join(webFolder, 'chat.html'), '<title>Chat</title>');
  await writeFile(join(webFolder, 'embed/v1.js'), 'void 0;');
  await writeFile(join(webFolder, 'assets', 'app-1a2b.js.br'), brotliCompressSync('export {};'));
  api = await startTestApi({ webFolder });
});
afterAll(async () => {
  await api.stop();
  await rm(webFolder, { recursive: true });
});

const open = (path: string) => ask(api, `GET ${path}`, { headers: { accept: 'text/html' } });

describe('the web app', () => {
  it.each(['/', '/flows/1', '/index.html'])(
    'is at %s, and asked for anew each time',
    async (path) => {
      const { status, text, headers } = await open(path);
      expect([status, text]).toEqual([200, '<title>CRMFlow</title>']);
      expect(headers.get('cache-control')).toMatch(/no-cache|max-age=0/);
    },
  );

  it('has files that browsers may keep for ever', async () => {
    const { status, headers } = await open('/assets/app-1a2b.js');
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  });

  it('goes over the wire compressed to those who can read that', async () => {
    const at = '/assets/app-1a2b.js';
    const answers = await Promise.all(
      ['br, gzip', 'identity'].map((encoding) =>
        ask(api, `GET ${at}`, { headers: { 'accept-encoding': encoding } }),
      ),
    );
    expect(answers.map(({ text }) => text)).toEqual(['export {};', 'export {};']);
    const [first, second] = answers.map(({ headers }) => headers);
    expect([first?.get('content-encoding'), second?.get('content-encoding')]).toEqual(['br', null]);
    expect(first?.get('content-type')).toMatch(/javascript/);
    expect(first?.get('vary')).toMatch(/accept-encoding/i);
    expect(first?.get('cache-control')).toMatch(/immutable/);
  });

  it.each(['/api', '/api/nothing', '/assets/gone.js'])(
    'is not at %s: 404 as a problem',
    async (path) => {
      const { status, body } = await open(path);
      expect([status, body.code]).toEqual([404, 'not_found']);
    },
  );

  it('is nothing to send to', async () => {
    expect((await ask(api, 'POST /flows/1')).status).toBe(404);
  });

  it('has the API reference beside it, whose policy lets in the styles of Redoc only', async () => {
    const { status, text, headers } = await open('/api/docs');
    expect([status, text]).toEqual([200, '<redoc></redoc>']);
    const policy = headers.get('content-security-policy');
    expect(policy).toMatch(/script-src 'self';.*style-src 'self' 'sha256-/);
    expect(policy).not.toMatch(/style-src [^;]*unsafe/);
  });

  it('leaves health, errors and their pages alone', async () => {
    expect((await open('/health')).body).toEqual({ status: 'ok' });
    expect((await open('/docs/errors/invalid')).text).toContain('Validation failed');
  });
});

describe('the page of a chat', () => {
  const policyOf = async (slug: string) => {
    const { headers } = await open(`/c/${slug}`);
    return /frame-ancestors ([^;]*)/.exec(headers.get('content-security-policy') ?? '')?.[1];
  };

  it('is shown in frames of the sites that the chat lists, and of no others', async () => {
    const { user } = await newUser(api);
    const id = await newChat(api.deps.pool, user.id);
    expect(await policyOf(id)).toBe("'self'");
    const settings = { domains: ['shop.example', '*.shop.example', 'localhost:8080'] };
    await api.deps.pool.query('UPDATE "Deployment" SET settings = $2 WHERE id = $1', [
      ...[id, settings],
    ]);
    expect(await policyOf(id)).toBe("'self' shop.example *.shop.example localhost:8080");
    const { status, text, headers } = await open(`/c/${id}`);
    expect([status, text]).toEqual([200, '<title>Chat</title>']);
    expect(headers.get('x-frame-options')).toBeNull();
    expect(headers.get('content-security-policy')).not.toMatch(/unsafe/);
  });

  it('is a page of its own only where there is no chat', async () => {
    for (const slug of ['nobody', 'SHOP', '%00', "a'b", 'a;script-src%20*', 'a%0d%0ab']) {
      expect(await policyOf(slug)).toBe("'self'");
    }
  });

  it('alone may be in a frame', async () => {
    for (const path of ['/', '/flows/1', '/api/docs', '/health', '/c', '/api/public/chat/a']) {
      const { headers } = await open(path);
      expect(headers.get('x-frame-options'), path).toBe('DENY');
      expect(headers.get('content-security-policy'), path).toMatch(/frame-ancestors 'none'/);
    }
  });

  it('has a widget beside it that pages of any origin may load', async () => {
    const { status, headers } = await open('/embed/v1.js');
    expect(status).toBe(200);
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(headers.get('cache-control')).toBe('public, max-age=3600');
    for (const path of ['/assets/app-1a2b.js', '/']) {
      const { headers: others } = await open(path);
      expect(others.get('cross-origin-resource-policy')).toBe('same-origin');
    }
  });
});
