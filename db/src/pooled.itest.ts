import { expect, inject, it } from 'vitest';
import { createDb } from './create-db.js';
import { createPool } from './create-pool.js';

const named = { name: 'one', text: 'SELECT 1 AS one' };
const prepared = 'SELECT count(*)::int AS n FROM pg_prepared_statements';
const timeout = `SELECT current_setting('statement_timeout') AS ms`;

it.each([
  [true, 0, '0'],
  [false, 1, '5s'],
])('with a pooler in between (%s), sessions keep nothing', async (isPooled, kept, ms) => {
  const options = { isPooled, max: 1, longestStatementMillis: 5_000 };
  const pool = createPool(inject('databaseUrl'), options);
  const client = await pool.connect();
  expect((await client.query(named)).rows).toEqual([{ one: 1 }]);
  expect((await client.query(prepared)).rows).toEqual([{ n: kept }]);
  expect((await client.query(timeout)).rows).toEqual([{ ms }]);
  client.release();
  expect((await pool.query(named)).rows).toEqual([{ one: 1 }]);
  await pool.end();
});

it('serves Prisma too', async () => {
  const db = createDb(inject('databaseUrl'), { isPooled: true });
  expect(await db.$queryRaw`SELECT ${2}::int AS two`).toEqual([{ two: 2 }]);
  await db.$disconnect();
});
