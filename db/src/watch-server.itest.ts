import { randomInt } from 'node:crypto';
import { afterEach, beforeEach, expect, inject, it } from 'vitest';
import { startTcpProxy, type TcpProxy } from '../../tests/support/tcp-proxy.js';
import { until } from '../../tests/support/until.js';
import { createDb } from './create-db.js';
import { createPool } from './create-pool.js';
import { type ServerWatch, watchServer } from './watch-server.js';

let proxy: TcpProxy;
let url: string;
let watch: ServerWatch;
beforeEach(async () => {
  const target = new URL(inject('databaseUrl'));
  proxy = await startTcpProxy(Number(target.port));
  target.port = String(proxy.port);
  url = target.href;
  watch = watchServer(url, () => {}, { everyMs: 20, limitMs: 200, looks: 2 });
});
afterEach(async () => {
  await proxy.cut();
  await watch.close();
});

const never = { longestStatementMillis: 3_600_000 };

it('breaks off what waits for a server that stands still, through Prisma too', async () => {
  const pool = createPool(url, { ...never, watch });
  const db = createDb(url, { ...never, watch });
  await Promise.all([pool.query('SELECT 1'), db.$queryRaw`SELECT 1`]);
  proxy.hold();
  await Promise.all([
    expect(pool.query('SELECT 1')).rejects.toThrow('Connection terminated'),
    expect(db.$queryRaw`SELECT 1`).rejects.toThrow(/terminated|closed/i),
  ]);
  await Promise.all([pool.end(), db.$disconnect()]);
});

it('lets a statement wait whose server answers others', async () => {
  const other = createPool(inject('databaseUrl'), { max: 2 });
  const pool = createPool(url, { ...never, watch });
  const lock = randomInt(2 ** 31);
  const holder = await other.connect();
  await holder.query('SELECT pg_advisory_lock($1)', [lock]);
  const waiting = pool.query('SELECT pg_advisory_xact_lock($1), 42 AS answer', [lock]);
  const looks = new Set<string>();
  await until('five looks', async () => {
    const { rows } = await other.query<{ at: string }>(
      `SELECT query_start::text AS at FROM pg_stat_activity WHERE query = 'SELECT 1'`,
    );
    for (const { at } of rows) looks.add(at);
    return looks.size > 5;
  });
  await holder.query('SELECT pg_advisory_unlock($1)', [lock]);
  expect((await waiting).rows).toMatchObject([{ answer: 42 }]);
  holder.release();
  await Promise.all([pool.end(), other.end()]);
});
