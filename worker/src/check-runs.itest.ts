import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { workflowBundleOptions } from '../../scripts/boot/workflow-bundle.mjs';
import { ask, row } from '../../tests/support/flows.js';
import { until } from '../../tests/support/until.js';
import { compileRun } from '../../workflows/src/compile-run.js';
import { runFlowType } from '../../workflows/src/messages.js';
import { checkRuns } from './check-runs.js';
import { createWorker, runWorker } from './temporal.js';

const taskQueue = `q-${randomUUID()}`;
const runId = `run-${randomUUID()}`;
let connection: Connection;
let client: Client;
let current: { code: string };
let changed: { code: string };

beforeAll(async () => {
  const logger = new DefaultLogger('ERROR', () => undefined);
  Runtime.install({ logger });
  const address = inject('temporalAddress');
  connection = await Connection.connect({ address });
  client = new Client({ connection });
  const bundle = (workflowsPath: string) =>
    bundleWorkflowCode({ ...workflowBundleOptions, workflowsPath, logger });
  current = await bundle(workflowBundleOptions.workflowsPath);
  const file = new URL('../../workflows/test/changed-run-flow.mjs', import.meta.url);
  changed = await bundle(fileURLToPath(file));
  const native = await NativeConnection.connect({ address });
  const worker = await createWorker({
    ...{ connection: native, namespace: 'default', taskQueue, workflowBundle: current },
    activities: { recordRunEvents: () => Promise.resolve('recorded') },
  });
  const stop = new AbortController();
  const running = runWorker(worker, stop.signal, { info: () => {} });
  const of = { runId, workflowId: 'flow', version: 'draft' as const, input: {}, startedAt: 0 };
  const args = [compileRun({ schemaVersion: 1, ...row([ask('name')]) }, of)];
  const run = await client.workflow.start(runFlowType, { taskQueue, workflowId: runId, args });
  await until('the run to wait', async () => {
    const { events } = await run.fetchHistory();
    return events?.some((event) => event.workflowTaskCompletedEventAttributes);
  });
  stop.abort();
  await running;
  await native.close();
});
afterAll(() => connection.close());

const check = (workflowBundle: { code: string }, queue = taskQueue) =>
  checkRuns(client, { taskQueue: queue, atMost: 10, workflowBundle });

it('continues the active runs of this version', async () => {
  const seen = until('the run to be listed', async () => {
    const found = await check(current);
    return found.replayed > 0 && found;
  });
  expect(await seen).toEqual({ replayed: 1, broken: [] });
});

it('names the runs that another interpreter would not continue', async () => {
  const { replayed, broken } = await check(changed);
  expect([replayed, broken]).toEqual([1, [{ runId, reason: expect.stringMatching(/./) }]]);
});

it('has nothing to say about the runs of others', async () => {
  expect(await check(changed, `q-${randomUUID()}`)).toEqual({ replayed: 0, broken: [] });
});
