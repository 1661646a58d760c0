// node tests/upgrade/record.mjs <checkout> <folder>
//
// Runs the version in a checkout (installed and built), lets it start runs that wait in every way
// there is, and keeps what it has stored: upgrade.test.ts starts this version on it. Make a new
// recording of each release that changes how runs or rows are stored.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import pg from 'pg';
import { freePort } from '../../scripts/boot/ports.mjs';

const [checkout = '', folder = ''] = process.argv.slice(2).map((path) => resolve(path));
const account = { email: 'ada@example.com', password: 'correct horse battery staple' };
const dataDir = mkdtempSync(join(tmpdir(), 'crmflow-record-'));

const position = { x: 0, y: 0 };
const node = (id, type, data) => ({ id, type, label: id, position, data });
const edge = (source, sourceHandle, target) => ({
  id: `${source}.${sourceHandle}`,
  source,
  sourceHandle,
  target,
});
/** A flow whose nodes follow each other by `out`. */
const row = (name, nodes, edges = []) => {
  const all = [node('start', 'trigger', { kind: 'chat' }), ...nodes];
  const wires = all.slice(1).map(({ id }, i) => edge(all[i].id, 'out', id));
  return {
    name,
    nodes: all,
    edges: [...wires, ...edges],
    variables: [{ name: 'seen', default: 1 }],
  };
};
const listen = (id, data = {}) =>
  node(id, 'listen', { variable: id, expect: 'any', timeout: 'P500W', ...data });
const say = (id, text) => node(id, 'speak', { mode: 'text', text });

/** By the name of the flow: the flow, how it is started, and the messages it is sent at once. */
const cases = [
  [row('reply', [listen('name'), say('greet', 'Hello {{ vars.name }}, seen {{ vars.seen }}')])],
  [
    row('choice', [
      listen('plan', {
        expect: 'choice',
        choices: ['free', 'pro'].map((value) => ({ value, label: value.toUpperCase() })),
        reminders: [{ after: 'P400W', text: 'Still there?' }],
      }),
      say('chosen', 'You chose {{ vars.plan }}'),
    ]),
  ],
  [
    row(
      'loop',
      [
        listen('item'),
        node('more', 'logic', {
          kind: 'branch',
          cases: [{ handle: 'again', when: 'vars.item != "done"' }],
        }),
      ],
      [edge('more', 'again', 'item'), edge('more', 'else', 'bye')],
    ),
    {},
    Array.from({ length: 12 }, (_, i) => `item ${i}`),
  ],
  [
    row('timer', [
      node('pause', 'logic', { kind: 'wait', duration: 'PT20S' }),
      say('late', 'Later'),
    ]),
  ],
  [row('step', [say('one', 'One'), say('two', 'Two')]), { mode: 'step' }],
  [
    row('model', [
      listen('question'),
      node('answer', 'ai', { prompt: '{{ vars.question }}', output: 'both', saveAs: 'answer' }),
    ]),
  ],
  [
    row('talk', [
      node('lead', 'ai', {
        prompt: 'Ask for the order number.',
        output: 'message',
        saveAs: 'order',
        converse: { goal: 'The order number is known.', maxTurns: 20 },
      }),
      say('thanks', 'Thank you'),
    ]),
  ],
];
// The loop ends at a node that its row does not lead to.
cases[2][0].nodes.push(say('bye', 'Bye after {{ vars.item }}'));

/** A model that says one thing. */
function startModel() {
  const server = createServer((request, response) => {
    request.resume();
    if (request.method === 'GET') {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ models: [{ name: 'models/gemini-flash-latest' }] }));
      return;
    }
    const content = { role: 'model', parts: [{ text: 'What is your order number?' }] };
    const chunk = { candidates: [{ content, index: 0, finishReason: 'STOP' }] };
    response.setHeader('content-type', 'text/event-stream');
    response.end(`data: ${JSON.stringify(chunk)}\r\n\r\n`);
  });
  server.listen(0, '127.0.0.1');
  return server;
}

async function until(what, look) {
  for (const limit = Date.now() + 120_000; Date.now() < limit; await sleep(100)) {
    const found = await look();
    if (found) return found;
  }
  throw new Error(`waited in vain for ${what}`);
}

/** Every row of every table as JSON, and where the sequences are. */
async function dump(databaseUrl) {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  const rowsOf = async (sql) => (await client.query(sql)).rows;
  const tables = await rowsOf(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'
        AND tablename <> '_prisma_migrations' ORDER BY 1`,
  );
  const rows = {};
  for (const { name } of tables) {
    const found = await rowsOf(`SELECT row_to_json(t)::text AS row FROM "${name}" t`);
    rows[name] = found.map(({ row: text }) => text);
  }
  const sequences = await rowsOf(
    `SELECT sequencename AS name, last_value::text AS value FROM pg_sequences
      WHERE schemaname = 'public' AND last_value IS NOT NULL`,
  );
  const migrations = await rowsOf(`SELECT migration_name AS name FROM "_prisma_migrations"`);
  await client.end();
  return { migrations: migrations.map(({ name }) => name), rows, sequences };
}

const model = startModel();
await once(model, 'listening');
const port = await freePort();
const product = spawn(process.execPath, ['scripts/start.mjs'], {
  cwd: checkout,
  stdio: ['ignore', 'pipe', 'inherit'],
  env: {
    ...process.env,
    ...{ CRMFLOW_DATA_DIR: dataDir, PORT: String(port), CRMFLOW_RATE_LIMITS: 'off' },
    GEMINI_BASE_URL: `http://127.0.0.1:${model.address().port}`,
  },
});
let output = '';
product.stdout.on('data', (chunk) => (output += chunk));

let token;
async function call(method, path, body) {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
  return answer;
}

try {
  await until('the product to be ready', () => output.includes('CRMFlow is ready'));
  ({ token } = await call('POST', '/api/auth/register', account));
  // Without a port: the model of the test listens at another one.
  const hosts = ['127.0.0.1'];
  await call('POST', '/api/keys', { service: 'gemini', key: 'stored-key-of-ada-4711', hosts });
  await call('POST', '/api/knowledge/manual', {
    name: 'Returns',
    content: 'Goods can be returned within thirty days.',
  });
  const runs = {};
  for (const [flow, start = {}, messages = []] of cases) {
    const { id } = await call('POST', '/api/workflows', flow);
    if (flow.name !== 'step') await call('POST', `/api/workflows/${id}/publish`, {});
    const version = flow.name === 'step' ? { version: 'draft' } : {};
    const { runId } = await call('POST', `/api/workflows/${id}/runs`, { ...version, ...start });
    const waits = async () => {
      const { status } = await call('GET', `/api/runs/${runId}`);
      return status === 'waiting' || status === 'paused';
    };
    await until(`${flow.name} to wait`, waits);
    for (const [i, message] of messages.entries()) {
      await call('POST', `/api/runs/${runId}/messages`, { message, messageId: `m${i}` });
      await until(`${flow.name} to take ${message}`, async () => {
        const { messages: said, status } = await call('GET', `/api/runs/${runId}`);
        return status === 'waiting' && said.some(({ text }) => text === message);
      });
    }
    runs[flow.name] = runId;
  }
  await until('the knowledge to be ready', async () => {
    const { items } = await call('GET', '/api/knowledge');
    return items.every(({ status }) => status === 'ready');
  });
  const { postgres } = JSON.parse(readFileSync(join(dataDir, 'ports.json'), 'utf8'));
  const password = readFileSync(join(dataDir, 'postgres.password'), 'utf8').trim();
  const stored = await dump(`postgresql://crmflow:${password}@127.0.0.1:${postgres}/postgres`);
  product.kill('SIGTERM');
  await once(product, 'exit');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'database.json.gz'),
    gzipSync(JSON.stringify({ account, runs, ...stored }), { level: 9 }),
  );
  // SQLite may keep the newest pages in its log.
  for (const name of readdirSync(dataDir).filter((file) => /^temporal\.db(-wal)?$/.test(file))) {
    const file = readFileSync(join(dataDir, name));
    writeFileSync(join(folder, `${name}.gz`), gzipSync(file, { level: 9 }));
  }
  for (const name of ['encryption.key', 'installation.id']) {
    copyFileSync(join(dataDir, name), join(folder, name));
  }
} finally {
  if (product.exitCode === null && product.signalCode === null) {
    product.kill('SIGTERM');
    await once(product, 'exit');
  }
  model.close();
  rmSync(dataDir, { recursive: true, force: true });
}
