import { beat, retire } from '@crmflow/db';
import { describe, expect, it } from 'vitest';
import { ask } from '../testing/ask.js';
import { useTestApi } from '../testing/test-api.js';

const api = useTestApi();

const worker = () => ({ id: 'w1', taskQueue: api.deps.config.temporal.taskQueue });
const checks = async () => (await ask(api, 'GET /ready')).body.checks;

describe('GET /health', () => {
  it('200: the process is running', async () => {
    expect(await ask(api, 'GET /health')).toMatchObject({ status: 200, body: { status: 'ok' } });
  });

  it('405 for any other method', async () => {
    expect((await ask(api, 'POST /health')).status).toBe(405);
  });
});

describe('GET /ready', () => {
  it('503 without a worker, 200 with one', async () => {
    const { status, body } = await ask(api, 'GET /ready');
    expect(status).toBe(503);
    expect(body).toEqual({
      status: 'unavailable',
      checks: {
        database: { ok: true },
        temporal: { ok: true },
        worker: { ok: false, detail: 'No worker has polled the task queue "crmflow" ever.' },
        runs: { ok: true },
      },
    });
    await beat(api.deps.pool, worker());
    expect(await ask(api, 'GET /ready')).toMatchObject({ status: 200, body: { status: 'ready' } });
  });

  it('counts a worker that sends heartbeats again, and not one that stopped', async () => {
    await beat(api.deps.pool, worker());
    await api.deps.pool.query(`UPDATE "WorkerHeartbeat" SET at = now() - interval '3.1 s'`);
    expect((await checks()).worker).toEqual({
      ok: false,
      detail: expect.stringMatching(
        /^No worker has polled the task queue "crmflow" for [3-9] s\.$/,
      ),
    });
    await beat(api.deps.pool, worker());
    expect((await checks()).worker).toEqual({ ok: true });
  });

  it('counts no worker of another task queue, and none that has retired', async () => {
    await retire(api.deps.pool, 'w1');
    await beat(api.deps.pool, { id: 'w2', taskQueue: 'of another installation' });
    expect((await checks()).worker.ok).toBe(false);
  });
});
