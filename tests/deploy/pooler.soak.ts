import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPool } from '@crmflow/db';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { unprivilegedUser } from '../../scripts/boot/postgres-files.mjs';
import { freePort } from '../../scripts/boot/ports.mjs';
import { ended } from '../support/run-program.js';
import { type Client, register } from '../support/client.js';
import { type Conversation, converse } from '../support/conversation.js';
import { type Database, startDatabase } from '../support/database.js';
import { ask, row, say } from '../support/flows.js';
import { spoken } from '../support/story.js';
import { type OwnSystem, startSystem } from '../support/system.js';
import { until } from '../support/until.js';

const conversations = 20;
/** Far fewer sessions than there are connections. */
const sessions = 3;

const folder = mkdtempSync(join(tmpdir(), 'crmflow-pooler-'));
let database: Database;
let pooler: ChildProcess;
let pooled: URL;
let system: OwnSystem;
let client: Client;

async function startPooler(server: URL): Promise<URL> {
  const port = await freePort();
  const settings = [
    ...['[databases]', `* = host=127.0.0.1 port=${server.port}`, '[pgbouncer]'],
    ...['listen_addr = 127.0.0.1', `listen_port = ${port}`, 'unix_socket_dir ='],
    ...['auth_type = trust', `auth_file = ${join(folder, 'users')}`],
    ...['pool_mode = transaction', `default_pool_size = ${sessions}`, 'max_client_conn = 500'],
    ...['query_timeout = 10', 'idle_transaction_timeout = 10', 'ignore_startup_parameters ='],
  ];
  writeFileSync(join(folder, 'pgbouncer.ini'), settings.join('\n'));
  writeFileSync(join(folder, 'users'), `"${server.username}" "${server.password}"\n`);
  chmodSync(folder, 0o755);
  const account = unprivilegedUser();
  const who = account ? { uid: account.uid, gid: account.gid } : {};
  pooler = spawn('pgbouncer', ['-q', join(folder, 'pgbouncer.ini')], {
    ...{ cwd: '/', stdio: ['ignore', 'ignore', 'inherit'] },
    ...who,
  });
  const url = new URL(server);
  url.port = String(port);
  const pool = createPool(url.href, { isPooled: true });
  await until('the pooler', () =>
    pool.query('SELECT 1').then(
      () => true,
      () => false,
    ),
  );
  await pool.end();
  return url;
}

beforeAll(async () => {
  execFileSync('pgbouncer', ['--version']);
  database = await startDatabase();
  const direct = new URL(database.url);
  pooled = await startPooler(direct);
  // A pooler that is asked for a setting of a session refuses it: so nothing asks.
  await expect(
    createPool(pooled.href, { longestStatementMillis: 1_000 }).query('SELECT 1'),
  ).rejects.toThrow(/unsupported startup parameter/);
  system = await startSystem({
    env: { DATABASE_URL: pooled.href, DATABASE_DIRECT_URL: direct.href },
  });
  client = await register(system.url);
});
afterAll(async () => {
  client?.close();
  await system?.stop();
  pooler?.kill('SIGKILL');
  if (pooler) await ended(pooler);
  await database?.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('serves conversations over fewer sessions than it has connections', async () => {
  const workflowId = await client.save(row([ask('name'), say('hello', 'Hello {{ vars.name }}')]));
  const talk = async (i: number): Promise<Conversation> => {
    const conversation = await converse(client, { workflowId, version: 'draft', input: {} });
    await conversation.say(`Ada ${i}`);
    expect(await conversation.finished()).toMatchObject({ status: 'completed' });
    return conversation;
  };
  const held = await Promise.all(Array.from({ length: conversations }, (_, i) => talk(i)));
  held.forEach((conversation, i) => {
    expect(conversation.faults).toEqual([]);
    expect(spoken(conversation)).toEqual([`user: Ada ${i}`, `system: Hello Ada ${i}`]);
  });
  const pool = createPool(database.url);
  const { rows } = await pool.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM pg_stat_activity WHERE query LIKE 'LISTEN %'`,
  );
  expect(rows[0]?.n).toBeGreaterThan(0);
  await pool.end();
});
