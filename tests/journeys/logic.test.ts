import { describe, expect, it } from 'vitest';
import { edge, flowOf, node, row, say } from '../support/flows.js';
import { useInstallation } from '../support/installation.js';
import { pathOf, spoken, variablesOf } from '../support/story.js';
import { until } from '../support/until.js';

const site = useInstallation();

const logic = (id: string, data: object) => node(id, 'logic', data);
const set = (id: string, assign: { name: string; value: unknown }[]) =>
  logic(id, { kind: 'set', assign });

describe('a trigger', () => {
  it.each(['manual', 'chat'])('of kind %s starts the run', async (kind) => {
    const run = await site.hold(
      {
        name: 'Triggered',
        nodes: [node('begin', 'trigger', { kind }), say('hi', 'Hi {{ input.who }}.')],
        edges: [edge('begin', 'out', 'hi')],
      },
      { who: 'Ada' },
    );
    expect(await run.finished()).toMatchObject({ status: 'completed' });
    const { payload } = await run.see('session:started');
    expect(payload).toMatchObject({ seq: 1, version: 'draft', activeNode: 'begin', totalNodes: 2 });
    expect(pathOf(run)).toEqual(['begin.out', 'hi.out']);
    expect(spoken(run)).toEqual(['system: Hi Ada.']);
  });
});

describe('a speak node with a verbatim text', () => {
  it('fills in what is braced and nothing else', async () => {
    const run = await site.hold(
      row([say('it', '{{ input.n + 1 }} of {{ vars.list }}; {{ run.id }}; { not this }')], {
        variables: [{ name: 'list', default: ['a', 2] }],
      }),
      { n: 1 },
    );
    await run.finished();
    expect(spoken(run)).toEqual([`system: 2 of ["a",2]; ${run.runId}; { not this }`]);
  });

  it('fails where a variable is missing', async () => {
    const run = await site.hold(row([say('it', 'Hello {{ vars.nobody }}')]));
    const error = { code: 'expression_failed', nodeId: 'it' };
    expect(await run.finished()).toMatchObject({ status: 'failed', error });
  });
});

describe('a logic node', () => {
  const branching = flowOf(
    [
      logic('which', {
        kind: 'branch',
        cases: [
          { handle: 'big', when: 'input.n > 10' },
          { handle: 'odd', when: 'input.n % 2 == 1' },
        ],
      }),
      say('isBig', 'big'),
      say('isOdd', 'odd'),
      say('isElse', 'else'),
    ],
    [
      edge('start', 'out', 'which'),
      edge('which', 'big', 'isBig'),
      edge('which', 'odd', 'isOdd'),
      edge('which', 'else', 'isElse'),
    ],
  );

  it.each([
    [11, 'big'],
    [7, 'odd'],
    [4, 'else'],
  ])('leaves for %i by %s', async (n, handle) => {
    const run = await site.hold(branching, { n });
    await run.finished();
    expect(pathOf(run)).toContain(`which.${handle}`);
    expect(spoken(run)).toEqual([`system: ${handle}`]);
  });

  it('completes the run where its case leads nowhere', async () => {
    const run = await site.hold(
      row([logic('which', { kind: 'branch', cases: [{ handle: 'yes', when: 'true' }] })]),
    );
    expect(await run.finished()).toMatchObject({ status: 'completed' });
    expect(pathOf(run)).toEqual(['start.out', 'which.yes']);
  });

  it('fails where a condition does', async () => {
    const run = await site.hold(branching, { n: 'ten' });
    const error = { code: 'expression_failed', nodeId: 'which' };
    expect(await run.finished()).toMatchObject({ status: 'failed', error });
  });

  it('sets values of any type, each seen by the next', async () => {
    const run = await site.hold(
      row([
        set('it', [
          { name: 'n', value: '{{ input.n + 1 }}' },
          { name: 'text', value: 'n is {{ vars.n }}' },
          { name: 'yes', value: '{{ vars.n == 3 }}' },
          { name: 'list', value: ['{{ vars.n }}', 'x{{ vars.n }}', null, 1.5] },
          { name: 'object', value: { deep: { n: '{{ vars.list }}' }, plain: true } },
        ]),
      ]),
      { n: 2 },
    );
    const variables = {
      n: 3,
      text: 'n is 3',
      yes: true,
      list: [3, 'x3', null, 1.5],
      object: { deep: { n: [3, 'x3', null, 1.5] }, plain: true },
    };
    expect(await run.finished()).toMatchObject({ status: 'completed', output: variables });
    expect(variablesOf(run)).toEqual(variables);
    expect((await site.client.snapshot(run.runId)).variables).toEqual(variables);
  });

  it('waits for a duration', async () => {
    const run = await site.hold(
      row([logic('nap', { kind: 'wait', duration: 'PT2S' }), say('up', 'Up.')]),
    );
    await until('the run to sleep', async () => {
      const { status, currentNodes } = await site.client.snapshot(run.runId);
      return status === 'waiting' && currentNodes[0]?.state === 'sleeping';
    });
    expect(await run.finished()).toMatchObject({ status: 'completed' });
    const slept = await run.see('node:execution_complete', ({ nodeId }) => nodeId === 'nap');
    expect(slept.payload['durationMs']).toBeGreaterThanOrEqual(2000);
  });

  it('waits until an instant, and not for one that is past', async () => {
    const instant = new Date(Date.now() + 2500).toISOString();
    const nap = logic('nap', { kind: 'wait', until: '{{ input.until }}' });
    const past = logic('past', { kind: 'wait', until: '2020-01-01T00:00:00Z' });
    const run = await site.hold(row([nap, past]), { until: instant });
    expect(await run.finished()).toMatchObject({ status: 'completed' });
    const slept = await run.see('node:execution_complete', ({ nodeId }) => nodeId === 'nap');
    expect(slept.payload['at']).toBe(instant);
    expect(pathOf(run)).toEqual(['start.out', 'nap.out', 'past.out']);
  });

  it('fails if the value is not a date and time', async () => {
    const run = await site.hold(row([logic('nap', { kind: 'wait', until: '{{ input.when }}' })]), {
      when: 'soon',
    });
    const error = { code: 'wait_invalid', nodeId: 'nap' };
    expect(await run.finished()).toMatchObject({ status: 'failed', error });
  });
});
