import { randomUUID } from 'node:crypto';
import type { MaintenanceActivities } from '@crmflow/contracts';
import { prepareSchedules, scheduleIdOf } from '@crmflow/temporal-config';
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { workflowBundleOptions } from '../../scripts/boot/workflow-bundle.mjs';
import { until } from '../../tests/support/until.js';
import { createWorker, runWorker } from './temporal.js';

const silent = { info: () => {} };
let connection: NativeConnection;
let client: Client;
let workflowBundle: Awaited<ReturnType<typeof bundleWorkflowCode>>;
beforeAll(async () => {
  const logger = new DefaultLogger('ERROR');
  Runtime.install({ logger });
  const address = inject('temporalAddress');
  connection = await NativeConnection.connect({ address });
  client = new Client({ connection: await Connection.connect({ address }) });
  workflowBundle = await bundleWorkflowCode({ ...workflowBundleOptions, logger });
});
afterAll(() => Promise.all([connection.close(), client.connection.close()]));

const workerOf = (taskQueue: string, activities: Partial<MaintenanceActivities> = {}) =>
  createWorker({ connection, namespace: 'default', taskQueue, activities, workflowBundle });

it('stops when it was asked to before it began', async () => {
  const worker = await workerOf(`q-${randomUUID()}`);
  await runWorker(worker, AbortSignal.abort(), silent);
  expect(worker.getState()).toBe('STOPPED');
});

it('runs maintenance when its schedule is due, and tries again after a failure', async () => {
  const taskQueue = `q-${randomUUID()}`;
  let calls = 0;
  const stop = new AbortController();
  const worker = await workerOf(taskQueue, {
    pruneDrafts: () =>
      (calls += 1) === 1 ? Promise.reject(new Error('away')) : Promise.resolve(3),
  });
  const running = runWorker(worker, stop.signal, silent);
  try {
    await prepareSchedules(client, { taskQueue, installationId: 'ours' });
    const schedule = client.schedule.getHandle(scheduleIdOf(taskQueue, 'pruneDrafts'));
    await schedule.trigger();
    const { workflow } = await until('an execution', async () => {
      const [latest] = (await schedule.describe()).info.recentActions;
      return latest?.action;
    });
    expect(await client.workflow.getHandle(workflow.workflowId).result()).toBe(3);
    expect(calls).toBe(2);
    const { historyLength } = await client.workflow.getHandle(workflow.workflowId).describe();
    expect(historyLength).toBeLessThan(15);
  } finally {
    stop.abort();
    await running;
  }
});
