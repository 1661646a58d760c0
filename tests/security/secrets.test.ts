import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { type Client, testPassword } from '../support/client.js';
import { databaseUrlOf } from '../support/database-of.js';
import { ask, edge, node, row, say } from '../support/flows.js';
import { useInstallation } from '../support/installation.js';
import { findLeaks, historiesOf, logsOf, rowsOf, type Trace } from '../support/secret-scan.js';
import { variablesOf } from '../support/story.js';

const shared = 'AIzaShared-Gemini+Key/0123456789';
const own = 'AIzaOwn-Gemini+Key/0123456789';
const crm = 'sk-Crm "secret" /with+every=kind&of <character>';
const inQuery = 'sk-Query+secret/0123456789==';

// Every line that could tell a secret is wanted.
const site = useInstallation({ GEMINI_API_KEY: shared, LOG_LEVEL: 'trace' });
const heard: string[] = [];
let client: Client;
let secrets: { [name: string]: string };

const integration = (id: string, path: string, auth: object, more: object = {}) =>
  node(id, 'integration', { url: `${site.echo.url}${path}`, auth, saveAs: id, ...more });

/** Everything that repeats what it was given, and every way to fail. */
const flow = () =>
  row(
    [
      ask('name'),
      integration('bearer', '/all', { secret: 'crm', in: 'bearer' }),
      integration('header', '/all', { secret: 'crm', in: 'header', name: 'X-Key' }),
      integration('query', '/all', { secret: 'inQuery', in: 'query', name: 'key' }),
      integration('again', '/status/503?times=1', { secret: 'inQuery', in: 'query', name: 'key' }),
      node('ai', 'ai', { prompt: 'hello', output: 'both', saveAs: 'said' }),
      integration('denied', '/denied', { secret: 'crm', in: 'bearer' }),
    ],
    {
      aside: [
        say('sorry', '{{ run.error.message }}'),
        integration('lost', '/moved', { secret: 'inQuery', in: 'query', name: 'key' }),
        node('refused', 'ai', { prompt: 'repeat the key' }),
      ],
      edges: [
        edge('denied', 'error', 'sorry'),
        edge('sorry', 'out', 'lost'),
        edge('lost', 'error', 'refused'),
      ],
    },
  );

beforeAll(async () => {
  client = await site.another(heard);
  site.echo.behave({
    handle: ({ path, headers, query }) => {
      const told = { headers, query, basic: Buffer.from(`u:${crm}`).toString('base64') };
      if (path === '/denied') return { status: 401, body: told };
      if (path !== '/moved') return undefined;
      return { status: 302, headers: { location: `http://127.0.0.1:9/?k=${query['key'] ?? ''}` } };
    },
  });
  site.onPrompt('repeat the key', ({ headers }) => ({
    kind: 'error',
    status: 400,
    message: `API key ${String(headers['x-goog-api-key'])} is not valid`,
  }));
  const kept = (name: string) => readFileSync(join(site.system.dataDir, name), 'utf8').trim();
  secrets = {
    ...{ crm, inQuery, shared, own, password: testPassword, token: client.token },
    encryptionKey: kept('encryption.key'),
    databasePassword: kept('postgres.password'),
  };
});

async function tracesOf(): Promise<Trace[]> {
  return [
    ...logsOf(site.system),
    ...(await historiesOf(site.system)),
    ...(await rowsOf(await databaseUrlOf(site.system))),
    ...heard.map((text, index) => ({ where: `what the client heard, ${index}`, text })),
  ];
}

it('no secret is in logs, histories, tables or answers', { timeout: 300_000 }, async () => {
  const hosts = [new URL(site.echo.url).host];
  for (const [service, key] of Object.entries({ crm, inQuery })) {
    const stored = await client.call('POST', '/api/keys', { service, key, hosts });
    expect(stored.status).toBe(201);
  }
  for (const key of [shared, own]) {
    if (key === own) await client.call('POST', '/api/keys', { service: 'gemini', key });
    const run = await site.hold(flow(), {}, client);
    await run.say('Ada');
    expect(await run.finished(120_000)).toMatchObject({
      status: 'failed',
      error: { code: 'ai_key_invalid', nodeId: 'refused' },
    });
    expect(Object.keys(variablesOf(run))).toEqual(
      expect.arrayContaining(['bearer', 'header', 'query', 'again', 'said']),
    );
    await client.snapshot(run.runId);
    await client.events(run.runId);
  }
  // What is refused says why, and must not repeat what it was.
  await client.call('POST', '/api/keys', { service: 'x y', key: `${crm}\n` });
  await client.call('POST', '/api/auth/password', { password: testPassword });
  await client.call('POST', '/api/auth/login', { email: 'a@b.example', password: testPassword });
  await client.call('GET', '/api/keys');
  client.close();

  const sent = site.echo.requests.map(({ headers, query }) => JSON.stringify([headers, query]));
  expect(sent.filter((text) => text.includes(JSON.stringify(crm).slice(1, -1))).length).toBe(6);
  expect(sent.filter((text) => text.includes(inQuery)).length).toBe(8);
  const asked = site.gemini.requests.map(({ headers }) => headers['x-goog-api-key']);
  // A key of one's own is tried once when it is stored.
  expect(asked).toEqual([shared, shared, own, own, own]);

  const traces = await tracesOf();
  for (const kind of ['log api', 'log worker', 'Temporal on', 'event ', 'table "Run"', 'heard']) {
    expect(traces.filter(({ where }) => where.includes(kind)).length, kind).toBeGreaterThan(0);
  }
  expect(findLeaks(traces, secrets)).toEqual([]);
});

it('the scan finds a secret wherever one is', { timeout: 120_000 }, async () => {
  const planted = 'planted-secret-0123456789';
  const run = await site.hold(row([say('it', '{{ input.secret }}')]), { secret: planted }, client);
  await run.finished();
  client.close();
  const places = findLeaks(await tracesOf(), { planted }).map(({ where }) => where);
  for (const kind of [/^event /, /^table "?ExecutionLog/, /^what the client heard/]) {
    expect(places.filter((where) => kind.test(where)).length, String(kind)).toBeGreaterThan(0);
  }
});
