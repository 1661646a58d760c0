import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, inject, it, vi } from 'vitest';
import { createDb } from './create-db.js';
import { createPool } from './create-pool.js';

describe('createPool', () => {
  it('survives connections that break, idle or in use, and goes on with new ones', async () => {
    const errors: Error[] = [];
    const pool = createPool(inject('databaseUrl'), { onError: (error) => errors.push(error) });
    const admin = createPool(inject('databaseUrl'), { max: 1 });
    const pidOf = async (client: { query: typeof pool.query }) => {
      const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      return rows[0]?.pid;
    };
    const end = (pid: number | undefined) => admin.query('SELECT pg_terminate_backend($1)', [pid]);

    await end(await pidOf(pool));
    await vi.waitFor(() => expect(errors).toHaveLength(1));

    const client = await pool.connect();
    const ended = new Promise((resolve) => client.once('end', resolve));
    await end(await pidOf(client));
    await ended;
    await expect(client.query('SELECT 1')).rejects.toThrow();
    client.release();

    expect(await pidOf(pool)).toBeGreaterThan(0);
    await Promise.all([pool.end(), admin.end()]);
  });

  it('fails within its time where the server says nothing, through Prisma too', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    const { port } = silent.address() as AddressInfo;
    const url = `postgresql://me:secret@127.0.0.1:${port}/app`;
    const pool = createPool(url, { connectionTimeoutMillis: 100 });
    const db = createDb(url, { connectionTimeoutMillis: 100 });
    await expect(pool.query('SELECT 1')).rejects.toThrow(/timeout/);
    await expect(db.user.count()).rejects.toThrow(/timeout|timed out/i);
    await Promise.all([pool.end(), db.$disconnect()]);
    silent.close();
  });
});
