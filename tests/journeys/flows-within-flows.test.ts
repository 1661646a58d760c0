import type { FlowCheck, RunSnapshot } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { ask, type Draft, edge, node, row, say } from '../support/flows.js';
import { useInstallation } from '../support/installation.js';
import { until } from '../support/until.js';

const site = useInstallation();

const manual = (draft: Draft): Draft => {
  const [, ...others] = draft.nodes;
  return { ...draft, nodes: [node('start', 'trigger', { kind: 'manual' }), ...others] };
};

const set = (name: string, value: unknown) =>
  node(`set-${name}`, 'logic', { kind: 'set', assign: [{ name, value }] });

/** A node that runs a flow. */
const call = (workflowId: string, data: object = {}) =>
  node('call', 'integration', { kind: 'flow', workflowId, ...data });

async function publish(draft: Draft): Promise<string> {
  const id = await site.client.save(draft);
  const { status, body } = await site.client.call('POST', `/api/workflows/${id}/publish`);
  expect([status, body]).toMatchObject([201, {}]);
  return id;
}

async function start(draft: Draft, input: object = {}): Promise<string> {
  const id = await site.client.save(draft);
  const body = { version: 'draft', input };
  const started = await site.client.call<RunSnapshot>('POST', `/api/workflows/${id}/runs`, body);
  expect(started.status).toBe(201);
  return started.body.runId;
}

const is = (runId: string, status: string) =>
  until(`${runId} to be ${status}`, async () => {
    const snapshot = await site.client.snapshot(runId);
    return snapshot.status === status && snapshot;
  });

/** The first run that a run has started. */
const childOf = (runId: string) =>
  until(`${runId} to start another`, async () => {
    const { children = [] } = await site.client.snapshot(runId);
    return children[0];
  });

const double = () => manual(row([set('result', '{{ input.n * 2 }}')], { name: 'Double' }));

describe('a flow within a flow', () => {
  it('runs with its input, and gives back its variables; links lead both ways', async () => {
    const workflowId = await publish(double());
    const runId = await start(
      manual(row([call(workflowId, { input: { n: '{{ input.n }}' }, saveAs: 'doubled' })])),
      { n: 21 },
    );
    const { variables, children } = await is(runId, 'completed');
    expect(variables['doubled']).toEqual({ result: 42 });
    const [child, ...more] = children ?? [];
    expect(more).toEqual([]);
    expect(child).toMatchObject({ workflowId, workflowName: 'Double', nodeId: 'call', visit: 1 });
    const { parent, version } = await site.client.snapshot(child?.runId ?? '');
    expect([parent, version]).toEqual([{ runId, nodeId: 'call', visit: 1 }, 1]);
  });

  it('runs a pinned version, or the newest one', async () => {
    const workflowId = await publish(manual(row([set('is', 1)])));
    const { body } = await site.client.call<{ revision: number }>(
      'GET',
      `/api/workflows/${workflowId}`,
    );
    const next = { ...manual(row([set('is', 2)])), revision: body.revision };
    await site.client.call('PUT', `/api/workflows/${workflowId}`, next);
    await site.client.call('POST', `/api/workflows/${workflowId}/publish`);
    const outputs = await Promise.all(
      [1, 'latest'].map(async (version) => {
        const runId = await start(manual(row([call(workflowId, { version, saveAs: 'it' })])));
        return (await is(runId, 'completed')).variables['it'];
      }),
    );
    expect(outputs).toEqual([{ is: 1 }, { is: 2 }]);
  });

  it('goes on by itself where it is not waited for', async () => {
    const workflowId = await publish(manual(row([ask('name')])));
    const runId = await start(manual(row([call(workflowId, { wait: false, saveAs: 'begun' })])));
    const { variables } = await is(runId, 'completed');
    const { runId: child } = variables['begun'] as { runId: string };
    await is(child, 'waiting');
    await site.client.call('POST', `/api/runs/${child}/messages`, {
      ...{ message: 'Ada', messageId: 'm-1' },
    });
    expect((await is(child, 'completed')).variables['name']).toBe('Ada');
  });

  it('is answered in its run, and is ended with the run that waits for it', async () => {
    const workflowId = await publish(manual(row([ask('name')])));
    const draft = manual(row([call(workflowId, { saveAs: 'person' })]));
    const answered = await start(draft);
    const asked = await childOf(answered);
    await is(asked.runId, 'waiting');
    await site.client.call('POST', `/api/runs/${asked.runId}/messages`, {
      ...{ message: 'Ada', messageId: 'm-1' },
    });
    expect((await is(answered, 'completed')).variables['person']).toEqual({ name: 'Ada' });

    const cancelled = await start(draft);
    const child = await childOf(cancelled);
    await is(child.runId, 'waiting');
    await site.client.call('POST', `/api/runs/${cancelled}/cancel`);
    await is(cancelled, 'cancelled');
    await is(child.runId, 'cancelled');
  });

  it('fails the node with its own error, and with another where somebody cancels it', async () => {
    const failing = await publish(manual(row([set('x', '{{ input.missing }}')])));
    const caught = (workflowId: string) =>
      manual(
        row([call(workflowId)], {
          aside: [set('code', '{{ run.error.code }}')],
          edges: [edge('call', 'error', 'set-code')],
        }),
      );
    const runId = await start(caught(failing));
    expect((await is(runId, 'completed')).variables['code']).toBe('expression_failed');

    const waiting = await publish(manual(row([ask('name')])));
    const other = await start(caught(waiting));
    const child = await childOf(other);
    await is(child.runId, 'waiting');
    await site.client.call('POST', `/api/runs/${child.runId}/cancel`);
    expect((await is(other, 'completed')).variables['code']).toBe('flow_cancelled');
  });

  it('ends plainly where a flow runs itself', async () => {
    const id = await site.client.save(manual(row([say('hi', 'Hello')])));
    const { body } = await site.client.call<{ revision: number }>('GET', `/api/workflows/${id}`);
    const circle = { ...manual(row([call(id)])), revision: body.revision };
    await site.client.call('PUT', `/api/workflows/${id}`, circle);
    expect((await site.client.call('POST', `/api/workflows/${id}/publish`)).status).toBe(201);
    const started = await site.client.call<RunSnapshot>('POST', `/api/workflows/${id}/runs`, {});
    const { error } = await is(started.body.runId, 'failed');
    expect(error).toMatchObject({ code: 'flow_depth_exceeded', nodeId: 'call' });
  });

  it('is started again by a retry after it has failed, and never twice otherwise', async () => {
    const workflowId = await publish(manual(row([set('x', '{{ input.missing }}')])));
    const runId = await start(manual(row([call(workflowId)])));
    await is(runId, 'failed');
    await site.client.call('POST', `/api/runs/${runId}/retry`, {});
    const { children } = await until('the flow to be run again', async () => {
      const snapshot = await site.client.snapshot(runId);
      return snapshot.children?.length === 2 && snapshot.status === 'failed' && snapshot;
    });
    expect(children?.map(({ visit, status }) => [visit, status])).toEqual([
      [1, 'failed'],
      [1, 'failed'],
    ]);
  });
});

describe('the check of a flow', () => {
  const problemsOf = async (draft: Draft) => {
    const id = await site.client.save(draft);
    const { body } = await site.client.call<FlowCheck>('POST', `/api/workflows/${id}/validate`, {});
    return body.problems.map(({ reason, severity }) => [reason, severity]);
  };

  it('names flows that are gone, not published or of another workspace', async () => {
    const unpublished = await site.client.save(double());
    const published = await publish(double());
    const other = await site.another();
    const foreign = await other.save(double());
    await other.call('POST', `/api/workflows/${foreign}/publish`);
    const found = await Promise.all(
      [
        call(''),
        call('gone'),
        call(foreign),
        call(unpublished),
        call(published, { version: 7 }),
        call(published),
      ].map((one) => problemsOf(manual(row([one])))),
    );
    expect(found).toEqual([
      [['flow_missing', 'error']],
      [['flow_gone', 'error']],
      [['flow_gone', 'error']],
      [['flow_unpublished', 'error']],
      [['flow_version_gone', 'error']],
      [],
    ]);
    const id = await site.client.save(manual(row([call(foreign)])));
    const refused = await site.client.call('POST', `/api/workflows/${id}/publish`);
    expect([refused.status, refused.body]).toMatchObject([422, { code: 'flow_invalid' }]);
    const run = await site.client.call('POST', `/api/workflows/${id}/runs`, { version: 'draft' });
    expect([run.status, run.body]).toMatchObject([422, { code: 'flow_invalid' }]);
  });

  it('says where nobody would hear what a flow asks', async () => {
    const workflowId = await publish(manual(row([ask('name')])));
    expect(await problemsOf(manual(row([call(workflowId)])))).toEqual([
      ['flow_unheard', 'warning'],
    ]);
    expect(await problemsOf(row([call(workflowId)]))).toEqual([['flow_listens', 'error']]);
  });
});
