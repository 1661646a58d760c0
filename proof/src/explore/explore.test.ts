import {
  type Finding,
  type Flow,
  type FlowInput,
  flowSchema,
  flowTestSchema,
} from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { ask, edge, flowOf, node, row, say } from '../../../tests/support/flows.js';
import { runTests } from '../run-tests.js';
import { explore, startExploring } from './explore.js';
import { testOfFinding } from './findings.js';

const parse = (draft: Omit<FlowInput, 'schemaVersion'>): Flow =>
  flowSchema.parse({ schemaVersion: 1, ...draft });

const told = ({ findings }: { findings: Finding[] }) =>
  findings.map(({ kind, nodeId, handle, variable }) =>
    [kind, nodeId, handle ?? variable].filter((one) => one !== undefined).join(' '),
  );

const branch = (id: string, cases: Record<string, string>) =>
  node(id, 'logic', {
    kind: 'branch',
    cases: Object.entries(cases).map(([handle, when]) => ({ handle, when })),
  });

const yesNo = {
  expect: 'choice',
  choices: [
    { value: 'yes', label: 'Yes' },
    { value: 'no', label: 'No' },
  ],
  timeout: 'P1D',
};

describe('the explorer', () => {
  it('calls the address that a run waits for, with each answer that matters', () => {
    const flow = parse(
      row(
        [
          say('hello', '{{ callbackUrl() }}'),
          ask('wait', { expect: 'callback', variable: 'approval', timeout: 'P7D' }),
          branch('which', { yes: 'vars.approval.ok == true' }),
        ],
        {
          aside: [say('fine', 'Fine!'), say('late', 'Too late.'), say('no', 'No.')],
          edges: [
            edge('which', 'yes', 'fine'),
            edge('wait', 'timeout', 'late'),
            edge('which', 'else', 'no'),
          ],
        },
      ),
    );
    const found = explore(flow);
    expect(found.isComplete).toBe(true);
    expect(found.coverage.handles.missing).toEqual([]);
  });

  it('finds an answer that nothing is said to, and the shortest way there', () => {
    const flow = parse(
      row(
        [
          say('hello', 'Coming?'),
          ask('coming', yesNo),
          branch('which', { yes: 'vars.coming == "yes"' }),
        ],
        {
          aside: [say('fine', 'Fine!')],
          edges: [edge('which', 'yes', 'fine')],
        },
      ),
    );
    const { findings, isComplete } = explore(flow);
    expect(isComplete).toBe(true);
    const dead = findings.find(({ kind }) => kind === 'dead_end');
    expect(dead).toMatchObject({
      ...{ nodeId: 'which', handle: 'else' },
      inputs: { steps: [{ choose: 'no' }], mocks: [] },
    });
    expect(told({ findings })).toContain('run_fails coming');
  });

  it('finds handles that no value leads to, and texts that are never said', () => {
    const age = {
      ...{ expect: 'number', timeout: 'P1D', retries: 0, retryText: 'A number!' },
      reminders: [{ after: 'P2D', text: 'Hello?' }],
    };
    const flow = parse(
      row(
        [
          ask('age', age),
          branch('old', { never: 'vars.age > 10 && vars.age < 5', grown: 'vars.age >= 18' }),
        ],
        {
          aside: ['lost', 'adult', 'child', 'alone'].map((id) => say(id, id)),
          edges: [
            ...[edge('old', 'never', 'lost'), edge('old', 'grown', 'adult')],
            ...[edge('old', 'else', 'child'), edge('age', 'invalid', 'child')],
          ],
        },
      ),
    );
    expect(told(explore(flow)).sort()).toEqual([
      'handle_never_reached old never',
      ...['text_never_said age reminders[0]', 'text_never_said age retryText'],
      ...['text_never_said alone', 'text_never_said lost'],
    ]);
  });

  it('finds circles: of logic, and of calls that are made again and again', () => {
    const logic = parse(
      row([node('a', 'logic', { kind: 'set', assign: [{ name: 'x', value: 1 }] })], {
        edges: [edge('a', 'out', 'a')],
      }),
    );
    expect(told(explore(logic))).toEqual(['loop_without_wait a']);
    const calls = parse(
      row([node('call', 'integration', { url: 'https://a.example' }), say('end', 'Done')], {
        edges: [edge('call', 'error', 'call')],
      }),
    );
    expect(told(explore(calls))).toEqual(['loop_without_wait call']);
  });

  it('finds variables that may be missing, and waits that no one ends', () => {
    const flow = parse(
      row([ask('name', { timeout: 'P1D' }), ask('size'), say('end', '{{ vars.name }}')], {
        edges: [edge('name', 'timeout', 'size')],
      }),
    );
    const { findings } = explore(flow);
    expect(told({ findings })).toEqual([
      ...['wait_never_ends size', 'variable_missing end name', 'run_fails end'],
    ]);
    const missing = findings.find(({ kind }) => kind === 'variable_missing');
    expect(missing?.inputs?.steps).toEqual([{ after: 'P1D' }, { user: 'Hello' }]);
  });

  it('reaches what the input, a contact, bodies and answers of the model decide', () => {
    const flow = parse(
      flowOf(
        [
          branch('vip', { vip: 'input.tier == "gold"', known: 'contact.name != ""' }),
          node('call', 'integration', { url: 'https://a.example', saveAs: 'order' }),
          branch('paid', { paid: 'vars.order.paid', big: 'vars.order.total > 100' }),
          node('sort', 'ai', {
            ...{ prompt: 'Sort', output: 'variable', saveAs: 'sorted' },
            schema: {
              type: 'object',
              properties: {
                topic: { type: 'string', enum: ['a', 'b'] },
                size: { type: 'integer' },
              },
            },
          }),
          branch('which', { b: 'vars.sorted.topic == "b"', size: 'vars.sorted.size == 7' }),
          ...['one', 'two', 'three', 'four', 'five', 'six'].map((id) => say(id, id)),
        ],
        [
          ...[edge('start', 'out', 'vip'), edge('vip', 'vip', 'one'), edge('vip', 'known', 'two')],
          ...[
            edge('vip', 'else', 'call'),
            edge('call', 'out', 'paid'),
            edge('paid', 'paid', 'three'),
          ],
          ...[
            edge('paid', 'big', 'four'),
            edge('paid', 'else', 'sort'),
            edge('sort', 'out', 'which'),
          ],
          ...[
            edge('which', 'b', 'five'),
            edge('which', 'size', 'six'),
            edge('call', 'error', 'one'),
          ],
        ],
      ),
    );
    const { coverage, isComplete } = explore(flow);
    expect(isComplete).toBe(true);
    expect(coverage.handles.missing).toEqual([]);
    expect(coverage.nodes.missing).toEqual([]);
  });

  it('makes a test of a finding, which leads there', async () => {
    const flow = parse(
      row([ask('age', { ...yesNo }), node('call', 'integration', { url: 'https://a.example' })]),
    );
    const finding = explore(flow).findings.find(({ code }) => code === 'http_failed');
    expect(finding).toMatchObject({ kind: 'run_fails', nodeId: 'call' });
    const test = flowTestSchema.parse(testOfFinding(finding as Finding, 'found'));
    const { results } = await runTests(flow, [test]);
    expect(results[0]).toMatchObject({ passed: false, path: ['start', 'age', 'call'] });
    expect(results[0]?.failures[0]).toMatchObject({ expected: 'completed', nodeId: 'call' });
  });

  it('goes on where its bounds have stopped it, and comes to the same', () => {
    const flow = parse(row([ask('a', yesNo), ask('b', yesNo), ask('c', yesNo), say('end', 'Bye')]));
    const bounded = startExploring(flow);
    const first = bounded.goOn({ states: 3, ms: 60_000 });
    expect(first.isComplete).toBe(false);
    let last = first;
    while (!last.isComplete) last = bounded.goOn({ states: 3, ms: 60_000 });
    expect(last).toEqual(explore(flow));
  });
});
