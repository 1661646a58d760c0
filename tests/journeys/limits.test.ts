import { describe, expect, it } from 'vitest';
import { ask, edge, flowOf, node, row, say } from '../support/flows.js';
import { useInstallation } from '../support/installation.js';

const site = useInstallation();

const set = (id: string, assign: { name: string; value: unknown }[]) =>
  node(id, 'logic', { kind: 'set', assign });
const sleep = node('sleep', 'logic', { kind: 'wait', duration: 'PT1H' });

describe('a run is refused', () => {
  it('a message of more than 16 kB', async () => {
    const run = await site.hold(row([ask('it')]));
    const message = 'ä'.repeat(8_001);
    await expect(run.say(message)).rejects.toThrow('message_too_large');
    const path = `/api/runs/${run.runId}/messages`;
    const answer = await site.client.call('POST', path, { message, messageId: 'm' });
    expect(answer).toMatchObject({ status: 413, body: { code: 'message_too_large' } });
    await run.say('ä'.repeat(8_000));
    expect(await run.finished()).toMatchObject({ status: 'completed' });
  });

  it('the message after a hundred that wait', async () => {
    const run = await site.hold(row([sleep]));
    for (let i = 1; i <= 100; i += 1) await run.say(`message ${i}`);
    await expect(run.say('one too many')).rejects.toThrow('queue_full');
    const path = `/api/runs/${run.runId}/messages`;
    const answer = await site.client.call('POST', path, { message: 'more', messageId: 'm' });
    expect(answer).toMatchObject({ status: 429, body: { code: 'queue_full' } });
    await run.socket.emitWithAck('session:end', { runId: run.runId });
    expect(await run.finished()).toMatchObject({ status: 'cancelled' });
  });

  it.each([
    ['value_too_large', [{ name: 'x', value: '{{ input.text }}{{ input.text }}' }]],
    [
      'variables_too_large',
      ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => ({ name, value: '{{ input.text }}' })),
    ],
    [
      'expression_too_costly',
      [
        {
          name: 'x',
          value: '{{ input.list.all(a, input.list.all(b, input.list.all(c, a + b + c >= 0))) }}',
        },
      ],
    ],
  ])('%s', async (code, assign) => {
    const run = await site.hold(row([set('it', assign)]), {
      text: 'x'.repeat(40_000),
      list: Array.from({ length: 2_000 }, (_, i) => i),
    });
    const error = { code, nodeId: 'it' };
    expect(await run.finished()).toMatchObject({ status: 'failed', error });
    expect((await site.client.snapshot(run.runId)).error).toMatchObject(error);
  });

  it('an endless round without a wait', async () => {
    const run = await site.hold(
      flowOf(
        [
          set('count', [{ name: 'n', value: '{{ vars.n + 1 }}' }]),
          set('again', [{ name: 'm', value: 1 }]),
        ],
        [
          edge('start', 'out', 'count'),
          edge('count', 'out', 'again'),
          edge('again', 'out', 'count'),
        ],
        { variables: [{ name: 'n', default: 0 }] },
      ),
    );
    const error = { code: 'step_budget_exceeded' };
    expect(await run.finished()).toMatchObject({ status: 'failed', error });
    expect(run.faults).toEqual([]);
    const log = await site.client.events(run.runId);
    expect(log.map(({ seq }) => seq)).toEqual(run.told.map(({ payload }) => payload.seq));
  });
});

describe('a flow is refused', () => {
  it.each([
    [{ ...say('it', ''), label: 'x'.repeat(201) }, 'nodes[1].label'],
    [say('it', 'x'.repeat(64_001)), 'nodes[1].data.text'],
    [
      node('it', 'logic', { kind: 'branch', cases: [{ handle: 'a', when: '1'.repeat(4_001) }] }),
      'nodes[1].data.cases[0].when',
    ],
  ])('that is too large, with the path', async (one, path) => {
    const answer = await site.client.call<{ code: string; errors: { path: string }[] }>(
      'POST',
      '/api/workflows',
      row([one]),
    );
    expect(answer.status).toBe(422);
    expect(answer.body.errors.map((error) => error.path)).toEqual([path]);
  });

  it('whose braces hold more than 4 kB, when it shall run', async () => {
    const workflowId = await site.client.save(row([say('it', `{{ "${'x'.repeat(4_000)}" }}`)]));
    const answer = await site.client.call('POST', `/api/workflows/${workflowId}/runs`, {
      version: 'draft',
    });
    expect(answer).toMatchObject({ status: 422, body: { code: 'flow_invalid' } });
    const { body } = await site.client.call<{ problems: { code: string }[] }>(
      'POST',
      `/api/workflows/${workflowId}/validate`,
    );
    expect(body.problems).toMatchObject([{ code: 'expression_too_large', nodeId: 'it' }]);
  });
});

describe('an input is refused', () => {
  it('of more than 64 kB', async () => {
    const workflowId = await site.client.save(row([say('it', 'Hi')]));
    const answer = await site.client.call('POST', `/api/workflows/${workflowId}/runs`, {
      version: 'draft',
      input: { text: 'x'.repeat(64_000) },
    });
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid' } });
  });
});
