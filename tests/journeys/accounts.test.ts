import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WorkflowNotFoundError } from '@temporalio/client';
import { Pool } from 'pg';
import { describe, expect, it } from 'vitest';
import { register, testPassword, userOf } from '../support/client.js';
import { databaseUrlOf } from '../support/database-of.js';
import { ask, row } from '../support/flows.js';
import { useInstallation } from '../support/installation.js';
import { temporalOf } from '../support/temporal-of.js';
import { until } from '../support/until.js';

const site = useInstallation();

/** An open socket, and whether it was closed by the server. */
async function connected(client: Awaited<ReturnType<typeof register>>) {
  const socket = client.socket();
  socket.io.reconnection(false);
  let closed = false;
  socket.on('disconnect', () => (closed = true));
  await until('a socket', () => socket.connected);
  return { isClosed: () => closed };
}

/** The token of the newest mail about something, which is printed where no mail server is. */
function printed(email: string, page: string): string | undefined {
  const lines = readFileSync(join(site.system.dataDir, 'logs', 'api.log'), 'utf8').split('\n');
  const mail = lines.findLast((line) => line.includes(email) && line.includes(`/${page}#`));
  return mail && /#token=([\w-]{43})/.exec(mail)?.[1];
}

describe('an account', () => {
  it('gets back in by a mailed link, which closes every socket', async () => {
    const client = await register(site.system.url);
    const { email } = await userOf(client);
    const socket = await connected(client);
    await client.call('POST', '/api/auth/password-reset', { email });
    const token = await until('the mail', () => printed(email, 'reset-password'));
    const password = 'another password';
    const reset = await client.call('POST', '/api/auth/password-reset/confirm', {
      token,
      password,
    });
    expect(reset.status).toBe(204);
    await until('the socket to be closed', socket.isClosed);
    expect((await client.call('GET', '/api/auth/me')).status).toBe(401);
    const login = await client.call('POST', '/api/auth/login', { email, password });
    expect(login.status).toBe(200);
  });

  it('is deleted with its runs, in Temporal too; copies of others stay', async () => {
    const client = await register(site.system.url);
    const flow = await client.save(row([ask('question')], { isPublic: true }));
    const copied = await site.client.call<{ id: string }>('POST', `/api/workflows/${flow}/clone`);
    const started = await client.call<{ runId: string }>('POST', `/api/workflows/${flow}/runs`, {
      version: 'draft',
    });
    const { runId } = started.body;
    await until('a wait', async () => (await client.snapshot(runId)).status === 'waiting');
    const socket = await connected(client);
    const gone = await client.call('DELETE', '/api/auth/me', { password: testPassword });
    expect(gone.status).toBe(204);
    await until('the socket to be closed', socket.isClosed);
    expect((await client.call('GET', `/api/runs/${runId}`)).status).toBe(401);
    const temporal = await temporalOf(site.system);
    await until(
      'its run to be gone from Temporal',
      () =>
        temporal.workflow
          .getHandle(runId)
          .describe()
          .then(() => false)
          .catch((error: unknown) => error instanceof WorkflowNotFoundError),
      // Temporal takes the request at once and carries it out at its own pace.
      { timeoutMs: 150_000 },
    );
    await temporal.connection.close();
    const kept = await site.client.call('GET', `/api/workflows/${copied.body.id}`);
    expect(kept.status).toBe(200);
  }, 240_000);

  it('is removed by the schedule where the server that did so has died', async () => {
    const client = await register(site.system.url);
    const pool = new Pool({ connectionString: await databaseUrlOf(site.system) });
    const temporal = await temporalOf(site.system);
    try {
      const { email } = await userOf(client);
      const { rows } = await pool.query<{ id: string }>(
        'UPDATE "User" SET "deletingSince" = now() WHERE email = $1 RETURNING id',
        [email],
      );
      // As the worker that is up by then has prepared it; it is due within ten minutes.
      await temporal.schedule.getHandle('crmflow:finishAccountDeletions').trigger();
      await until('the account to be gone', async () => {
        const left = await pool.query('SELECT 1 FROM "User" WHERE id = $1', [rows[0]?.id]);
        return left.rowCount === 0;
      });
    } finally {
      await Promise.all([pool.end(), temporal.connection.close()]);
    }
  });
});
