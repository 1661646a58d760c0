import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../testing/ask.js';
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
