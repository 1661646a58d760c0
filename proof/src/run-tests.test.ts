import {
  type Flow,
  type FlowInput,
  flowSchema,
  type FlowTestInput,
  flowTestSchema,
} from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { ask, edge, node, row, say } from '../../tests/support/flows.js';
import { runTests } from './run-tests.js';

const flowOf = (draft: Omit<FlowInput, 'schemaVersion'>): Flow =>
  flowSchema.parse({ schemaVersion: 1, ...draft });

const testOf = (test: Partial<FlowTestInput>) =>
  flowTestSchema.parse({ id: 't', name: 'A test', ...test });

async function run(flow: Flow, test: Partial<FlowTestInput>) {
  const { results, coverage } = await runTests(flow, [testOf(test)]);
  const [result] = results;
  if (!result) throw new Error('no result');
  return { ...result, coverage };
}

const pizza = flowOf(
  row(
    [
      say('hello', 'Hello! Which pizza?'),
      ask('pizza', {
        expect: 'choice',
        choices: [
          { value: 'm', label: 'Margherita' },
          { value: 's', label: 'Salami' },
        ],
        retries: 1,
        retryText: 'One of the two, please.',
        timeout: 'P3D',
        reminders: [
          { after: 'P1D', text: 'Still hungry?' },
          { after: 'P2D', text: 'Last call.' },
        ],
      }),
      say('done', 'One {{ vars.pizza }} it is.'),
    ],
    {
      aside: [say('late', 'Another time, then.'), say('odd', 'I do not understand.')],
      edges: [edge('pizza', 'timeout', 'late'), edge('pizza', 'invalid', 'odd')],
    },
  ),
);

describe('a test of a flow', () => {
  it('passes where the conversation goes as it says', async () => {
    const result = await run(pizza, {
      steps: [
        { expect: { text: 'Hello! Which pizza?' } },
        { choose: 'Salami' },
        { expect: { contains: 'it is', matches: '^One . it', cel: 'vars.pizza == "s"' } },
      ],
      assert: {
        ...{ path: ['start', 'hello', 'pizza', 'done'], status: 'completed' },
        ...{ visits: { done: 1 }, never: ['late'], variables: { pizza: 's' } },
      },
    });
    expect(result).toMatchObject({ passed: true, failures: [], status: 'completed' });
    expect(result.coverage.nodes.missing).toEqual(['late', 'odd']);
  });

  it('calls the address that the run waits for', async () => {
    const approval = flowOf(
      row([
        say('ask', 'Please approve: {{ callbackUrl() }}'),
        ask('approval', { expect: 'callback', variable: 'approval', timeout: 'P14D' }),
        say('done', 'Approved by {{ vars.approval.by }}.'),
      ]),
    );
    const early = await run(approval, { steps: [{ user: 'Hello?' }, { after: 'P7D' }] });
    expect(early).toMatchObject({ passed: true, status: 'waiting' });
    const called = await run(approval, {
      steps: [
        { expect: { contains: 'https://' } },
        { after: 'P7D' },
        { callback: { by: 'Ada' } },
        { expect: { text: 'Approved by Ada.' } },
      ],
    });
    expect(called).toMatchObject({ passed: true, failures: [], status: 'completed' });
    const twice = await run(approval, { steps: [{ callback: {} }, { callback: {} }] });
    expect(twice.passed).toBe(false);
    const misplaced = await run(pizza, { steps: [{ callback: {} }] });
    expect(misplaced.failures).toMatchObject([
      { step: 0, expected: 'a run that waits for a callback' },
    ]);
  });

  it('lets days pass at once, and tells reminders in their order', async () => {
    const result = await run(pizza, {
      steps: [
        { after: 'P1D' },
        { expect: { text: 'Still hungry?' } },
        { after: 'P2D' },
        { expect: { text: 'Last call.' } },
        { expect: { text: 'Another time, then.' } },
      ],
      assert: { path: ['hello', 'pizza', 'late'] },
    });
    expect(result.failures).toEqual([]);
    expect(result.messages.map(({ at }) => at)).toEqual([
      ...['2030-01-07T09:00:00.000Z', '2030-01-08T09:00:00.000Z'],
      ...['2030-01-09T09:00:00.000Z', '2030-01-10T09:00:00.000Z'],
    ]);
  });

  it('says what it expected and got, and where', async () => {
    const { failures } = await run(pizza, {
      steps: [{ user: 'Nonsense' }, { expect: { text: 'Fine' } }, { choose: 'Funghi' }],
      assert: { status: 'completed' },
    });
    expect(failures).toEqual([
      { step: 1, expected: '“Fine”', got: '“One of the two, please.”', nodeId: 'pizza' },
      {
        ...{ step: 2, expected: 'the choice “Funghi” on offer', nodeId: 'pizza' },
        got: '“Margherita”, “Salami”',
      },
    ]);
  });

  it('asserts the way, visits, variables and the status at its end', async () => {
    const { failures } = await run(pizza, {
      steps: [{ choose: 's' }],
      assert: {
        ...{ path: ['hello', 'pizza', 'late'], status: 'failed', never: ['done'] },
        ...{ visits: { late: 1, none: 1 }, variables: { pizza: 'm', size: 1 } },
      },
    });
    expect(failures.map(({ expected, got }) => `${expected}: ${got}`)).toEqual([
      'the way start → hello → pizza → late: start → hello → pizza → done',
      '1 visits to “late”: 0',
      '1 visits to the node none, which the flow does not have,: 0',
      '0 visits to “done”: 1',
      'failed: completed',
      'pizza to be "m": "s"',
      'size to be 1: nothing',
    ]);
  });

  it('fails where the conversation is over', async () => {
    const { failures } = await run(pizza, { steps: [{ choose: 's' }, { user: 'More!' }] });
    expect(failures).toEqual([
      {
        ...{ step: 1, expected: 'a run that has not ended', nodeId: 'done' },
        got: 'the run is completed',
      },
    ]);
  });

  it('ends where the flow never does', async () => {
    const loop = flowOf(
      row([node('nap', 'logic', { kind: 'wait', duration: 'PT1S' })], {
        edges: [edge('nap', 'out', 'nap')],
      }),
    );
    const { failures } = await run(loop, { steps: [{ after: 'P300D' }] });
    expect(failures).toMatchObject([{ step: 0, expected: 'a run that comes to rest' }]);
  });
});
