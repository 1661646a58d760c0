import { expect, it } from 'vitest';
import { ask, row } from '../support/flows.js';
import { useInstallation } from '../support/installation.js';
import { temporalOf } from '../support/temporal-of.js';
import { until } from '../support/until.js';

const site = useInstallation();

const ready = async () => {
  const response = await fetch(`${site.system.url}/ready`);
  return { code: response.status, ...((await response.json()) as { status: string }) };
};

it('the Temporal UI reads like the flow: names, ids, and where each run stands', async () => {
  const temporal = await temporalOf(site.system);
  const talk = await site.hold(row([ask('size', { timeout: 'P2W' })], { name: 'Shoe shop' }));
  await talk.see('system:waiting_for_input');
  const handle = temporal.workflow.getHandle(talk.runId);
  const found = async (query: string) =>
    (await temporal.workflow.count(`WorkflowId = '${talk.runId}' AND ${query}`)).count === 1;
  await until('the wait to be found', () =>
    found("CrmflowStatus = 'waiting' AND CrmflowNode = 'size'"),
  );
  const waiting = await handle.describe();
  expect(await waiting.staticSummary()).toBe('Shoe shop');
  expect(await waiting.staticDetails()).toContain(`/runs/${talk.runId}`);
  await talk.say('a secret reply');
  await talk.finished();
  await until('the end to be found', () =>
    found("CrmflowStatus = 'completed' AND CrmflowNode IS NULL"),
  );
  const { searchAttributes } = await handle.describe();
  expect(Object.keys(searchAttributes).sort()).toEqual(
    expect.arrayContaining(['CrmflowFlow', 'CrmflowWorkspace', 'CrmflowStatus']),
  );
  expect(JSON.stringify(searchAttributes)).not.toContain('secret');
  await temporal.connection.close();
});

it('a stuck run makes the installation degraded, and stops nothing else', async () => {
  const temporal = await temporalOf(site.system);
  expect(await ready()).toMatchObject({ code: 200, status: 'ready' });
  const stuck = await temporal.workflow.start('runFlow', {
    workflowId: 'of no flow',
    taskQueue: 'crmflow',
    args: [{}],
    workflowTaskTimeout: '5s',
  });
  await until('it to be told', async () => (await ready()).status === 'degraded', {
    timeoutMs: 60_000,
    everyMs: 500,
  });
  const told = await ready();
  expect(told.code).toBe(200);
  expect(JSON.stringify(told)).not.toContain('of no flow');
  expect(await (await fetch(`${site.system.url}/metrics`)).text()).toContain(
    'crmflow_stuck_runs 1',
  );
  await stuck.terminate();
  await until('it to be over', async () => (await ready()).status === 'ready', {
    timeoutMs: 60_000,
    everyMs: 500,
  });
  await temporal.connection.close();
});
