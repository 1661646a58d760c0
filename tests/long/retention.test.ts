import type { UsedBudgets, WorkspaceSettings } from '@crmflow/contracts';
import { WorkflowNotFoundError } from '@temporalio/client';
import { Pool } from 'pg';
import { expect, it } from 'vitest';
import { userOf } from '../support/client.js';
import { databaseUrlOf } from '../support/database-of.js';
import { ask, row, say } from '../support/flows.js';
import { useInstallation } from '../support/installation.js';
import { temporalOf } from '../support/temporal-of.js';
import { until } from '../support/until.js';

// Of its own: Temporal deletes in turn, and what others have left it to do may take minutes.
const site = useInstallation({});

it('deletes ended runs past their time, in Temporal too, and leaves all others', async () => {
  const client = await site.another();
  // The personal workspace has its user's id.
  const { id: workspaceId } = await userOf(client);
  const keep = (settings: Partial<WorkspaceSettings>) =>
    client.call('PATCH', `/api/workspaces/${workspaceId}`, { settings });
  const logBytes = async () => {
    const { body } = await client.call<UsedBudgets>('GET', '/api/usage');
    return body.budgets.find(({ budget }) => budget === 'logs')!.used;
  };
  const ended = await site.hold(row([say('hello', 'Hello')]), {}, client);
  await ended.finished();
  const fresh = await site.hold(row([say('hello', 'Hello again')]), {}, client);
  await fresh.finished();
  const open = await site.hold(row([ask('question')]), {}, client);
  await open.see('system:waiting_for_input');

  const pool = new Pool({ connectionString: await databaseUrlOf(site.system) });
  const temporal = await temporalOf(site.system);
  try {
    await pool.query(
      `UPDATE "Run" SET "startedAt" = now() - interval '3 days',
              "finishedAt" = "finishedAt" - interval '2 days' WHERE id = ANY ($1)`,
      [[ended.runId, open.runId]],
    );
    const before = await logBytes();
    expect((await keep({ testRunDays: 2 })).status).toBe(200);
    // As the worker has prepared it; it is due within an hour.
    await temporal.schedule.getHandle('crmflow:removeExpiredRuns').trigger();
    await until('the run to be deleted', async () => {
      return (await client.call('GET', `/api/runs/${ended.runId}`)).status === 404;
    });
    await until(
      'it to be gone from Temporal',
      () =>
        temporal.workflow
          .getHandle(ended.runId)
          .describe()
          .then(() => false)
          .catch((error: unknown) => error instanceof WorkflowNotFoundError),
      // Temporal takes the request at once and carries it out at its own pace.
      { timeoutMs: 150_000 },
    );
    expect((await client.snapshot(fresh.runId)).status).toBe('completed');
    expect((await temporal.workflow.getHandle(fresh.runId).describe()).status.name).toBe(
      'COMPLETED',
    );
    expect(await logBytes()).toBeLessThan(before);
    await open.say('still here');
    await open.finished();
  } finally {
    await Promise.all([pool.end(), temporal.connection.close()]);
  }
}, 240_000);
