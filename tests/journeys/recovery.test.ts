import type { WireEvent } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { ask, type Draft, node, row, say } from '../support/flows.js';
import { useInstallation } from '../support/installation.js';
import { until } from '../support/until.js';

const site = useInstallation();

const recover = (runId: string, how: 'retry' | 'fork' | 'migrate', body: object) =>
  site.client.call<Record<string, unknown>>('POST', `/api/runs/${runId}/${how}`, body);
const eventsOf = (runId: string) => site.client.events(runId);
const ended = (runId: string) =>
  until(`the end of ${runId}`, async () => {
    const snapshot = await site.client.snapshot(runId);
    return snapshot.finishedAt === undefined ? undefined : snapshot;
  });
const textsOf = (events: WireEvent[]) =>
  events.flatMap(({ type, data }) => (type === 'message' && 'text' in data ? [data.text] : []));

/** Asks for a name, greets, and calls a service that refuses the first call with each key. */
const callOnce = (path: string): Draft =>
  row([
    ask('name'),
    say('greet', 'Hello {{ vars.name }}'),
    node('call', 'integration', { kind: 'http', url: `${site.echo.url}${path}`, saveAs: 'it' }),
    say('bye', 'Done, {{ vars.name }}'),
  ]);

async function failed(path: string) {
  const run = await site.hold(callOnce(path));
  await run.say('Ada');
  expect(await run.finished()).toMatchObject({ status: 'failed' });
  return run;
}

describe('a retry', () => {
  it('makes the call that failed again, by the same key, and the run goes on under its numbers', async () => {
    const run = await failed('/status/400?times=1&a');
    const { status, body } = await recover(run.runId, 'retry', {});
    expect([status, body]).toMatchObject([202, { nodeId: 'call', visit: 1 }]);
    expect(await ended(run.runId)).toMatchObject({ status: 'completed' });
    expect(site.echo.countOf(`${run.runId}:call:1`)).toBe(2);
    const log = await eventsOf(run.runId);
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, i) => i + 1));
    expect(log.filter(({ type }) => type === 'run.started')).toMatchObject([
      {},
      { data: { resumed: { by: 'retry', nodeId: 'call' } } },
    ]);
    expect(textsOf(log)).toEqual(['Ada', 'Hello Ada', 'Done, Ada']);
    // Who followed the run to its end is told that it goes on.
    await until('the rest over the socket', () => run.told.length === log.length);
    expect(run.faults).toEqual([]);
  });

  it('goes back to an earlier node, with what was known there, and hears what is said then', async () => {
    const run = await failed('/status/400?times=1&b');
    const retries = await Promise.all(
      [1, 2].map(() => recover(run.runId, 'retry', { nodeId: 'name' })),
    );
    expect(retries.map(({ status }) => status).sort()).toEqual([202, 409]);
    await run.see('system:waiting_for_input', ({ visit }) => visit === 2);
    await run.say('Grace');
    // Another visit, so another key: it is refused once more.
    await until('the second failure', async () => {
      const { status } = await site.client.snapshot(run.runId);
      return status === 'failed';
    });
    await recover(run.runId, 'retry', {});
    expect(await ended(run.runId)).toMatchObject({ status: 'completed' });
    expect(textsOf(await eventsOf(run.runId))).toEqual([
      ...['Ada', 'Hello Ada', 'Grace', 'Hello Grace', 'Done, Grace'],
    ]);
    expect(site.echo.countOf(`${run.runId}:call:2`)).toBe(2);
  });
});

describe('a fork', () => {
  it('is a run of its own from a node on, and hears again what was said', async () => {
    const draft = row([
      ask('first'),
      ask('second'),
      say('both', '{{ vars.first }} {{ vars.second }}'),
    ]);
    const run = await site.hold(draft);
    await run.say('one');
    await run.say('two');
    await run.finished();
    const again = await recover(run.runId, 'fork', { nodeId: 'second', repeatMessages: true });
    expect(again.status).toBe(201);
    const runId = again.body['runId'] as string;
    expect(await ended(runId)).toMatchObject({
      status: 'completed',
      origin: { runId: run.runId, nodeId: 'second', visit: 1 },
    });
    expect(textsOf(await eventsOf(runId))).toEqual(['one', 'two', 'one two']);
    const asking = await recover(run.runId, 'fork', { nodeId: 'second' });
    const other = asking.body['runId'] as string;
    await until('its question', async () => (await site.client.snapshot(other)).waiting);
    await site.client.call('POST', `/api/runs/${other}/messages`, {
      ...{ message: 'three', messageId: 'm3' },
    });
    await ended(other);
    expect(textsOf(await eventsOf(other))).toEqual(['one', 'three', 'one three']);
    expect(textsOf(await eventsOf(run.runId))).toEqual(['one', 'two', 'one two']);
  });
});

describe('a migration', () => {
  it('moves a waiting run, refuses with the reason, and leaves it as it was then', async () => {
    const { client } = site;
    const workflowId = await client.save(row([ask('name'), say('bye', 'Old {{ vars.name }}')]));
    const publish = () => client.call('POST', `/api/workflows/${workflowId}/publish`);
    const change = async (draft: Draft) => {
      const { body } = await client.call<{ revision: number }>(
        'GET',
        `/api/workflows/${workflowId}`,
      );
      const { revision } = body;
      const put = await client.call('PUT', `/api/workflows/${workflowId}`, { ...draft, revision });
      expect(put.status).toBe(200);
      expect((await publish()).status).toBeLessThan(300);
    };
    expect((await publish()).status).toBeLessThan(300);
    const { body } = await client.call<{ runId: string }>(
      ...(['POST', `/api/workflows/${workflowId}/runs`, {}] as const),
    );
    const { runId } = body;
    await until('its question', async () => (await client.snapshot(runId)).waiting);
    await change(row([say('bye', 'Gone {{ vars.name }}')], { variables: [{ name: 'name' }] }));
    await change(
      row([ask('name'), say('bye', 'New {{ vars.name }} {{ vars.x }}')], {
        variables: [{ name: 'x', default: 7 }],
      }),
    );
    const refused = await recover(runId, 'migrate', { version: 2 });
    expect([refused.status, refused.body]).toMatchObject([
      422,
      { code: 'node_missing', errors: [{ path: 'version' }] },
    ]);
    expect(await client.snapshot(runId)).toMatchObject({ status: 'waiting', version: 1 });
    for (let times = 0; times < 2; times += 1) {
      const moved = await recover(runId, 'migrate', { version: 3 });
      expect([moved.status, moved.body]).toEqual([200, { runId, version: 3 }]);
    }
    expect(await client.snapshot(runId)).toMatchObject({ status: 'waiting', version: 3 });
    await client.call('POST', `/api/runs/${runId}/messages`, { message: 'Ada', messageId: 'm' });
    expect(await ended(runId)).toMatchObject({ status: 'completed', version: 3 });
    expect(textsOf(await eventsOf(runId))).toEqual(['Ada', 'New Ada 7']);
    expect((await recover(runId, 'migrate', { version: 1 })).body['code']).toBe('run_finished');
  });
});
