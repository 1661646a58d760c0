import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDataFolder } from '../../scripts/boot/data-folder.mjs';
import { freePort } from '../../scripts/boot/ports.mjs';
import { supervise } from '../../scripts/boot/supervise.mjs';
import { embeddedTemporal } from '../../scripts/boot/temporal.mjs';
import { register } from '../support/client.js';
import { converse } from '../support/conversation.js';
import { type Database, startDatabase } from '../support/database.js';
import { ask, row, say } from '../support/flows.js';
import { until } from '../support/until.js';
import { contextOf } from './context.js';
import { makeImage } from './make-image.js';
import { type RunningRole, runRole, startRole } from './run-image.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'crmflow-image-'));
chmodSync(folder, 0o755);

let image: string;
let database: Database;
let temporal: { address: string; stop: () => Promise<void> };
let env: Record<string, string>;
const running: RunningRole[] = [];

async function startTemporal() {
  const dataDir = join(folder, 'temporal');
  openDataFolder(dataDir);
  const { address, part } = await embeddedTemporal(dataDir, await freePort());
  const server = supervise(dataDir, part);
  await server.up(60_000);
  return { address, stop: () => server.stop() };
}

beforeAll(async () => {
  // The whole of it takes minutes: an image that was made before can be named.
  image =
    process.env['CRMFLOW_IMAGE'] ??
    makeImage(readFileSync(join(root, 'Dockerfile'), 'utf8'), {
      context: contextOf(root, join(folder, 'context')),
      into: join(folder, 'stages'),
    });
  [database, temporal] = await Promise.all([startDatabase(), startTemporal()]);
  env = {
    HOST: '127.0.0.1',
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: 'production',
    TEMPORAL_TASK_QUEUE: 'crmflow',
    ENCRYPTION_KEY: randomBytes(32).toString('base64'),
  };
});

afterAll(async () => {
  for (const role of running) await role.stop();
  await Promise.all([database?.stop(), temporal?.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

it('holds no compiler, no tests and no sources', () => {
  const without = [
    'node_modules/typescript',
    'node_modules/prisma',
    'node_modules/vite',
    'node_modules/vitest',
    'api/src',
    'web/src',
    'scripts',
  ];
  expect(without.filter((path) => existsSync(join(image, path)))).toEqual([]);
});

it('wants a key in production, in one line', async () => {
  for (const role of ['api', 'worker']) {
    const { code, stderr } = await runRole(image, role, { ...env, ENCRYPTION_KEY: '' });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Invalid environment: ENCRYPTION_KEY is required[^\n]*\n$/);
  }
});

it('says which roles there are', async () => {
  expect(await runRole(image, 'nothing', env)).toMatchObject({
    code: 1,
    stderr: 'Unknown role "nothing". Use one of api, worker, migrate, setup-temporal.\n',
  });
});

it('sets database and Temporal up, once or often', async () => {
  for (let i = 0; i < 2; i += 1) {
    expect(await runRole(image, 'migrate', env)).toMatchObject({ code: 0, stderr: '' });
    expect(await runRole(image, 'setup-temporal', env)).toMatchObject({ code: 0, stderr: '' });
  }
});

it('holds a conversation, with two of each role, and stops when it is asked to', async () => {
  const ports = [await freePort(), await freePort()];
  const urls = ports.map((port) => `http://127.0.0.1:${port}`);
  running.push(startRole(image, 'worker', env), startRole(image, 'worker', env));
  for (const port of ports) {
    running.push(
      startRole(image, 'api', { ...env, PORT: String(port), PUBLIC_URL: urls[0] ?? '' }),
    );
  }
  const said = () => running.map((role) => role.output()).join('\n');
  for (const url of urls) {
    await until(
      `${url} to be ready; so far:\n${said()}`,
      async () => (await fetch(`${url}/ready`).catch(() => undefined))?.ok,
      { timeoutMs: 120_000 },
    );
  }

  const [first = '', second = ''] = urls;
  const client = await register(first);
  const workflowId = await client.save(row([ask('name'), say('hello', 'Hello {{ vars.name }}')]));
  const conversation = await converse(client, { workflowId, version: 'draft', input: {} });
  await conversation.see('system:waiting_for_input');
  await conversation.say('Ada');
  expect(await conversation.finished()).toMatchObject({ status: 'completed' });
  expect(conversation.faults).toEqual([]);
  const elsewhere = await fetch(`${second}/api/runs/${conversation.runId}`, {
    headers: { authorization: `Bearer ${client.token}` },
  });
  expect(await elsewhere.json()).toMatchObject({ status: 'completed' });
  client.close();

  const page = await fetch(first, { headers: { accept: 'text/html' } });
  expect(await page.text()).toContain('<!doctype html>');
  expect(await Promise.all(running.splice(0).map((role) => role.stop()))).toEqual([0, 0, 0, 0]);
});
