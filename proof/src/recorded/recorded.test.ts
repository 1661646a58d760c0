import {
  type Flow,
  flowSchema,
  flowTestSchema,
  type RunEvent,
  type TestStep,
} from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { ask, edge, node, row, say } from '../../../tests/support/flows.js';
import { runTest } from '../run-test.js';
import { runTests } from '../run-tests.js';
import type { RecordedRun } from './read-log.js';
import { replayRun } from './replay.js';
import { testOfRun } from './test-of-run.js';

const parse = (draft: ReturnType<typeof row>): Flow =>
  flowSchema.parse({ schemaVersion: 1, ...draft });

const choices = [
  { value: 'a', label: 'Alpha' },
  { value: 'b', label: 'Beta' },
];
const look = {
  ...{ kind: 'integration', node: 'order', name: 'look', description: 'Looks' },
  parameters: { type: 'object', properties: { id: { type: 'string' } } },
};
const draft = row(
  [
    say('hello', 'Hello'),
    ask('which', {
      ...{ expect: 'choice', choices, timeout: 'P3D', retries: 1, retryText: 'Which?' },
      reminders: [{ after: 'P1D', text: 'Still there?' }],
    }),
    node('talk', 'ai', {
      ...{ prompt: 'Help with {{ vars.which }}', output: 'both', saveAs: 'help', tools: [look] },
    }),
    node('call', 'integration', { url: 'https://a.example', saveAs: 'body' }),
    node('nap', 'logic', { kind: 'wait', duration: 'P1D' }),
    say('end', 'You have {{ vars.body.n }}'),
  ],
  {
    aside: [
      say('late', 'Too late'),
      say('down', 'Down'),
      node('order', 'integration', { url: 'https://b.example/{{ vars.id }}', saveAs: 'order' }),
    ],
    edges: [edge('which', 'timeout', 'late'), edge('call', 'error', 'down')],
  },
);
const flow = parse(draft);

/** Records a run by playing it. */
function record(steps: TestStep[], callFails = false): RecordedRun {
  const events: RunEvent[] = [];
  const test = flowTestSchema.parse({
    ...{ id: 'r', name: 'Recorded', steps, start: { timezone: 'Europe/Berlin', locale: 'de' } },
    mocks: [
      {
        node: 'talk',
        sequence: [
          { calls: [{ name: 'look', args: { id: '7' } }], takes: 'PT2S' },
          { return: 'Press the button.', takes: 'PT1.5S' },
        ],
      },
      { tool: 'look', return: { state: 'sent' } },
      callFails
        ? { node: 'call', error: 'http_failed' }
        : { node: 'call', return: { n: 3 }, takes: 'PT0.25S' },
    ],
  });
  const running = runTest(flow, test, { listen: (event) => events.push(event) });
  for (let next = running.next(); !next.done;) {
    if ('live' in next.value) throw new Error('nothing is live');
    next = running.next(next.value);
  }
  return { runId: 'r', input: {}, startedAt: events[0]?.at ?? 0, events };
}

const stories: Record<string, RecordedRun> = {
  'a choice': record([{ after: 'PT10S' }, { choose: 'b' }, { after: 'P2D' }]),
  'nonsense, then a choice': record([
    { user: 'What?' },
    { after: 'PT1H' },
    { user: 'alpha' },
    { after: 'P3D' },
  ]),
  silence: record([{ after: 'P4D' }]),
  'a service that is down': record([{ choose: 'b' }, { after: 'P2D' }], true),
  'a run that waits': record([{ after: 'P2D' }]),
  'a person': record([
    { operator: { takeOver: true, name: 'Eve' } },
    { operator: { say: 'I am here' } },
    { user: 'Thank you' },
    { after: 'PT5M' },
    { operator: { handBack: 'reask' } },
    { choose: 'a' },
    { after: 'P2D' },
  ]),
  'a run that is cancelled': record([{ after: 'PT5M' }, { cancel: true }]),
};

describe('a past run', () => {
  it.each(Object.keys(stories))('of %s goes the same way on the same flow', (name) => {
    expect(replayRun(flow, stories[name] as RecordedRun)).toMatchObject({ outcome: 'same' });
  });

  it.each(Object.keys(stories))('of %s becomes a test that passes', async (name) => {
    const test = testOfRun(flow, stories[name] as RecordedRun, 'made');
    const { results } = await runTests(flow, [flowTestSchema.parse(test)]);
    expect(results[0]?.failures).toEqual([]);
  });

  it('goes another way from the node that was changed', () => {
    const other = parse({
      ...draft,
      edges: draft.edges.map((one) => (one.id === 'talk.out' ? { ...one, target: 'end' } : one)),
    });
    expect(replayRun(other, stories['a choice'] as RecordedRun)).toMatchObject({
      ...{ outcome: 'other_way', nodeId: 'end' },
      reason: 'The draft continues at “end”, and did at “call”.',
    });
    const silent = replayRun(other, stories['silence'] as RecordedRun);
    expect(silent.outcome).toBe('same');
  });

  it('is not comparable from the node on that asks for what the log does not have', () => {
    const other = parse({
      ...draft,
      nodes: draft.nodes.map((one) =>
        one.id === 'hello' ? node('hello', 'ai', { prompt: 'Greet' }) : one,
      ),
    });
    expect(replayRun(other, stories['a choice'] as RecordedRun)).toMatchObject({
      ...{ outcome: 'not_comparable', nodeId: 'hello', was: expect.arrayContaining(['call']) },
      path: ['start', 'hello'],
    });
  });

  it('goes another way where a time-out is shorter', () => {
    const other = parse({
      ...draft,
      nodes: draft.nodes.map((one) =>
        one.id === 'which' ? ask('which', { timeout: 'PT5S' }) : one,
      ),
    });
    expect(replayRun(other, stories['a choice'] as RecordedRun)).toMatchObject({
      ...{
        outcome: 'other_way',
        nodeId: 'which',
        reason: 'It was left by out, and is by timeout.',
      },
    });
  });
});

describe('a run that waited for a callback', () => {
  const approval = parse(
    row([
      say('ask', '{{ callbackUrl() }}'),
      ask('approval', { expect: 'callback', variable: 'approval' }),
      say('done', 'Approved by {{ vars.approval.by }}.'),
    ]),
  );
  const events: RunEvent[] = [];
  const steps: TestStep[] = [{ after: 'P7D' }, { callback: { by: 'Ada' } }];
  const playing = runTest(approval, flowTestSchema.parse({ id: 'r', name: 'Recorded', steps }), {
    listen: (event) => events.push(event),
  });
  if (!playing.next().done) throw new Error('it called something');
  const recorded = { runId: 'r', input: {}, startedAt: events[0]?.at ?? 0, events };

  it('goes the same way again', () => {
    expect(replayRun(approval, recorded)).toMatchObject({ outcome: 'same' });
  });

  it('makes a test that passes', async () => {
    const test = flowTestSchema.parse(testOfRun(approval, recorded, 't'));
    expect(test.steps).toContainEqual({ callback: { by: 'Ada' } });
    const { results } = await runTests(approval, [test]);
    expect(results).toMatchObject([{ passed: true, failures: [] }]);
  });
});
