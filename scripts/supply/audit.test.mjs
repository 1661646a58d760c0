import { once } from 'node:events';
import { createServer } from 'node:http';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { root } from '../boot/paths.mjs';
import { auditReport, severe } from './audit.mjs';

const cleanUps = /** @type {(() => void)[]} */ ([]);
afterEach(() => cleanUps.splice(0).forEach((cleanUp) => cleanUp()));

/** What npm reports where the registry answers so. @param {import('node:http').RequestListener} answer */
async function auditWith(answer) {
  const cache = mkdtempSync(join(tmpdir(), 'crmflow-audit-'));
  const server = createServer(answer).listen(0, '127.0.0.1');
  cleanUps.push(
    () => server.close(),
    () => rmSync(cache, { recursive: true, force: true }),
  );
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const registry = `http://127.0.0.1:${port}/`;
  return auditReport({ ...process.env, npm_config_registry: registry, npm_config_cache: cache });
}

const advisory = {
  id: 1,
  ...{ url: 'https://example.com/1', title: 'It sends everything away', severity: 'high' },
  vulnerable_versions: '<99',
};

it('names the severe vulnerabilities of what is shipped', async () => {
  const { version } = JSON.parse(
    readFileSync(join(root, 'node_modules/helmet/package.json'), 'utf8'),
  );
  const helmet = { name: 'helmet', version, dist: {} };
  const report = await auditWith((request, response) => {
    const isBulk = request.url?.endsWith('/advisories/bulk');
    const answer = isBulk
      ? { helmet: [advisory] }
      : { name: 'helmet', 'dist-tags': { latest: version }, versions: { [version]: helmet } };
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify(answer));
  });
  expect('vulnerabilities' in report && severe(report)).toEqual([
    {
      ...{ name: 'helmet', severity: 'high' },
      titles: 'It sends everything away https://example.com/1',
    },
  ]);
});

it('says that the registry does not tell', async () => {
  const report = await auditWith((_, response) => void response.writeHead(405).end());
  expect(report).toEqual({ unavailable: expect.stringContaining('405 Method Not Allowed') });
});
