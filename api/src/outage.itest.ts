import { migratedDatabase, type ScratchDatabase } from '@crmflow/db/testing';
import { inject } from 'vitest';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readConfig } from './config/read-config.js';
import { createLogger } from './logging/create-logger.js';
import { serve, type Service } from './serve.js';
import { ask, newUser } from './testing/ask.js';
import { greeting } from './testing/flows.js';
import { openTcpProxy, type TcpProxy } from './testing/tcp-proxy.js';

let database: ScratchDatabase;
let toDatabase: TcpProxy;
let service: Service;
let api: { url: string };
beforeAll(async () => {
  database = await migratedDatabase();
  const url = new URL(database.url);
  toDatabase = await openTcpProxy({ host: url.hostname, port: Number(url.port) });
  url.host = toDatabase.address;
  toDatabase.cut();
  const config = readConfig({
    DATABASE_URL: url.href,
    TEMPORAL_ADDRESS: '127.0.0.1:1',
    ENCRYPTION_KEY: Buffer.alloc(32).toString('base64'),
    PORT: '0',
  });
  service = await serve(config, createLogger('silent'), '/nowhere');
  api = { url: `http://127.0.0.1:${service.port}` };
});
afterAll(async () => {
  await service.stop();
  await toDatabase.close();
  await database.drop();
});

const registration = { email: 'ada@example.com', password: 'correct horse' };

describe('without its database', () => {
  it('lives, is not ready, and says why', async () => {
    expect(await ask(api, 'GET /health')).toMatchObject({ status: 200, body: { status: 'ok' } });
    const { status, body } = await ask(api, 'GET /ready');
    expect(status).toBe(503);
    expect(body.checks.database).toEqual({ ok: false, detail: 'The database is not responding.' });
    expect(body.checks.temporal.ok).toBe(false);
    expect(body.checks.worker.ok).toBe(false);
  });

  it.each([
    ['POST /api/auth/register', registration],
    ['POST /api/auth/login', registration],
    ['GET /api/auth/me', undefined],
    ['GET /api/workflows', undefined],
  ])('503 database_unavailable to %s', async (what, json) => {
    const { status, body, headers } = await ask(api, what, { json, token: 'x'.repeat(40) });
    expect([status, body.code]).toEqual([503, 'database_unavailable']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('once the database is there', () => {
  it('serves, loses it, and serves again', async () => {
    toDatabase.restore();
    const { token } = await newUser(api);
    const me = () => ask(api, 'GET /api/auth/me', { token });
    expect((await me()).status).toBe(200);
    toDatabase.cut();
    expect((await me()).body.code).toBe('database_unavailable');
    toDatabase.restore();
    await vi.waitFor(async () => expect((await me()).status).toBe(200), { timeout: 10_000 });
  });

  it('503 temporal_unavailable where only Temporal is away', async () => {
    const { token } = await newUser(api);
    const flow = await ask(api, 'POST /api/workflows', { token, json: greeting });
    const what = `POST /api/workflows/${flow.body.id}/runs`;
    const { status, body } = await ask(api, what, { token, json: { version: 'draft' } });
    expect([status, body.code]).toEqual([503, 'temporal_unavailable']);
  });
});

it('stops although Temporal and the database are away', async () => {
  const config = readConfig({
    DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/x',
    TEMPORAL_ADDRESS: '127.0.0.1:1',
    ENCRYPTION_KEY: Buffer.alloc(32).toString('base64'),
    PORT: '0',
  });
  const other = await serve(config, createLogger('silent'), '/nowhere');
  await other.stop();
  await expect(fetch(`http://127.0.0.1:${other.port}/health`)).rejects.toThrow();
});

it('says which address is taken', async () => {
  const config = readConfig({
    DATABASE_URL: inject('databaseUrl'),
    TEMPORAL_ADDRESS: '127.0.0.1:1',
    ENCRYPTION_KEY: Buffer.alloc(32).toString('base64'),
    PORT: String(service.port),
  });
  await expect(serve(config, createLogger('silent'), '/nowhere')).rejects.toThrow(
    `Port ${service.port} on 127.0.0.1 is in use by another program. Stop that program, or set PORT to a free port.`,
  );
});
