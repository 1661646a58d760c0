import { expect, it } from 'vitest';
import { ask, type Draft, node, row, say } from '../support/flows.js';
import { useInstallation } from '../support/installation.js';
import { until } from '../support/until.js';
import { deployChat, shortly, visit } from '../support/visitor.js';

const site = useInstallation();

const approve = (data: object = {}) => ask('approval', { expect: 'callback', ...data });
const link = say('link', 'Open {{ callbackUrl() }}?decision=yes');

const pathIn = (text: string) => /\/hooks\/waits\/[0-9a-f]{40}/.exec(text)?.[0] ?? '';

const post = async (path: string, body: object) => {
  const response = await fetch(site.system.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as { code?: string } };
};

const snapshotWhere = (runId: string, status: string) =>
  until(`${runId} to be ${status}`, async () => {
    const snapshot = await site.client.snapshot(runId);
    return snapshot.status === status && snapshot;
  });

async function start(draft: Draft): Promise<{ runId: string; workflowId: string; path: string }> {
  const { client } = site;
  const workflowId = await client.save(draft);
  await client.call('POST', `/api/workflows/${workflowId}/publish`);
  const { body } = await client.call<{ runId: string }>(
    'POST',
    `/api/workflows/${workflowId}/runs`,
    {},
  );
  const { messages, waiting } = await snapshotWhere(body.runId, 'waiting');
  expect(waiting?.expect).toBe('callback');
  return { ...body, workflowId, path: pathIn(messages.at(-1)?.text ?? '') };
}

it('a customer waits for somebody else, and the chat goes on once their link is used', async () => {
  const { client, system } = site;
  const mail = node('mail', 'integration', {
    ...{ kind: 'http', method: 'POST', url: `${site.echo.url}/echo` },
    ...{ body: { link: '{{ callbackUrl() }}' }, saveAs: 'mail' },
  });
  const flow = row([
    ...[mail, approve(), ask('name')],
    say('end', 'Approved: {{ vars.approval.decision }}, {{ vars.name }}'),
  ]);
  const chat = await deployChat(client, flow);
  const visitor = await visit(system.url, chat.slug);
  const id = await visitor.begin();
  const page = visitor.open(id);
  const sees = (what: string) =>
    until(`${what} in ${JSON.stringify(shortly(page.told))}`, () =>
      shortly(page.told).some((one) => one.includes(what)),
    );
  await until('the wait', () => page.heard.some((one) => one.includes('"callback"')));
  await visitor.say(id, 'Ada');
  const { body } = await client.call<{ currentRunId: string }>('GET', `/api/conversations/${id}`);
  const runId = body.currentRunId;
  const { variables } = await client.snapshot(runId);
  const path = pathIn(JSON.stringify(variables['mail']));
  expect(path).not.toBe('');
  // Nobody told the customer.
  expect(page.heard.join('')).not.toContain(path.split('/').at(-1));
  expect((await fetch(`${system.url}${path}?decision=yes`)).status).toBe(200);
  expect((await client.snapshot(runId)).status).toBe('waiting');
  expect((await post(`${path}?decision=yes`, {})).status).toBe(202);
  await sees('Approved: yes, Ada');
  page.close();
});

it('an address outlives a move to another version, and what came by it a retry', async () => {
  const { client } = site;
  const broken = node('broken', 'integration', {
    ...{ kind: 'http', url: `${site.echo.url}/status/400?times=1&callback` },
  });
  const { runId, workflowId, path } = await start(row([link, approve(), broken]));
  const { body } = await client.call<{ revision: number }>('GET', `/api/workflows/${workflowId}`);
  const next = row([link, approve(), broken, say('new', 'Version 2')]);
  await client.call('PUT', `/api/workflows/${workflowId}`, { ...next, revision: body.revision });
  await client.call('POST', `/api/workflows/${workflowId}/publish`);
  const moved = await client.call('POST', `/api/runs/${runId}/migrate`, { version: 2 });
  expect(moved.status).toBe(200);
  expect((await post(path, { decision: 'yes' })).status).toBe(202);
  await snapshotWhere(runId, 'failed');
  expect((await client.call('POST', `/api/runs/${runId}/retry`, {})).status).toBe(202);
  const { variables, messages } = await snapshotWhere(runId, 'completed');
  expect(variables['approval']).toEqual({ decision: 'yes' });
  expect(messages.at(-1)?.text).toBe('Version 2');
});

it('a call that came before a run failed is there when it is retried', async () => {
  const { client } = site;
  const gate = node('gate', 'logic', { kind: 'wait', duration: 'PT2S' });
  const broken = node('broken', 'integration', {
    ...{ kind: 'http', url: `${site.echo.url}/status/400?times=1&early` },
  });
  const workflowId = await client.save(row([link, gate, broken, approve()]));
  const { body } = await client.call<{ runId: string }>(
    'POST',
    `/api/workflows/${workflowId}/runs`,
    { version: 'draft' },
  );
  const { messages } = await snapshotWhere(body.runId, 'waiting');
  const path = pathIn(messages.at(-1)?.text ?? '');
  expect((await post(path, { early: true })).status).toBe(202);
  await snapshotWhere(body.runId, 'failed');
  await client.call('POST', `/api/runs/${body.runId}/retry`, {});
  const { variables } = await snapshotWhere(body.runId, 'completed');
  expect(variables['approval']).toEqual({ early: true });
});

it('a fork has an address of its own', async () => {
  const { client } = site;
  const { runId, path } = await start(row([link, approve()]));
  const forked = await client.call<{ runId: string }>('POST', `/api/runs/${runId}/fork`, {
    nodeId: 'link',
  });
  const { messages } = await snapshotWhere(forked.body.runId, 'waiting');
  const own = pathIn(messages.at(-1)?.text ?? '');
  expect(own).not.toBe(path);
  expect((await post(own, { of: 'fork' })).status).toBe(202);
  await snapshotWhere(forked.body.runId, 'completed');
  expect((await client.snapshot(runId)).status).toBe('waiting');
  await client.call('POST', `/api/runs/${runId}/cancel`);
  await snapshotWhere(runId, 'cancelled');
  const late = await post(path, { of: 'origin' });
  expect([late.status, late.body.code]).toEqual([410, 'callback_over']);
});

it('times out, and says so to whoever calls later', async () => {
  const { runId, path } = await start(row([link, approve({ timeout: 'PT1S' })]));
  await snapshotWhere(runId, 'timed_out');
  const late = await post(path, { decision: 'yes' });
  expect([late.status, late.body.code]).toEqual([410, 'callback_over']);
});
