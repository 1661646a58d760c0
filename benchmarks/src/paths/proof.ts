import { flowSchema, type FlowTest, flowTestsSchema, type TestStep } from '@crmflow/contracts';
import { runTests } from '@crmflow/proof';
import { converse } from '../../../tests/support/conversation.js';
import { ask, type Draft, edge, node, row, say } from '../../../tests/support/flows.js';
import type { Harness } from '../harness.js';
import { inTurns, median, took } from '../measure.js';
import type { Line } from '../table.js';

const rounds = 10;
const perRound = 2_000;

/** Ten nodes, three of which wait for a reply. */
function talk(): Draft {
  const before = [
    ...[say('a', 'Hello, what’s your name?'), ask('name')],
    ...[say('b', 'Hi {{ vars.name }}, how many?'), ask('count', { expect: 'number' })],
    node('many', 'logic', {
      kind: 'branch',
      cases: [{ handle: 'many', when: 'vars.count > 10' }],
    }),
  ];
  const after = [
    node('set', 'logic', { kind: 'set', assign: [{ name: 'size', value: 'large' }] }),
    ...[say('c', 'That is a {{ vars.size }} order. All right?'), ask('fine')],
    say('d', 'Thank you, {{ vars.name }}!'),
  ];
  const way = [edge('many', 'many', 'set'), edge('set', 'out', 'c'), edge('c', 'out', 'fine')];
  return row(before, { name: 'Ten', aside: after, edges: [...way, edge('fine', 'out', 'd')] });
}

const replies = ['Ada', '12', 'yes'];

/** Four waits of one length after each other, and a word at the end. */
function waits(duration: string): Draft {
  const weeks = ['w1', 'w2', 'w3', 'w4'].map((id) => node(id, 'logic', { kind: 'wait', duration }));
  return row([...weeks, say('end', 'A month has passed.')], { name: 'Month' });
}

function prepared(draft: Draft, steps: TestStep[]) {
  const flow = flowSchema.parse({ schemaVersion: 1, ...draft });
  const [test] = flowTestsSchema.parse([
    { id: 'it', name: 'It', steps, assert: { status: 'completed' } },
  ]) as [FlowTest];
  return async (times: number) => {
    const { results } = await runTests(
      flow,
      Array.from({ length: times }, () => test),
    );
    const failed = results.find(({ passed }) => !passed);
    if (failed) throw new Error(`The test failed: ${JSON.stringify(failed.failures)}`);
  };
}

async function realRun({ user }: Harness, workflowId: string, says: string[]) {
  const run = await converse(user, { workflowId, version: 'draft' });
  for (const text of says) await run.say(text);
  const { status } = await run.finished();
  if (status !== 'completed') throw new Error(`the run ended as ${String(status)}`);
}

/** Tests of flows on one core, against the same by a real run through the API, Temporal and PostgreSQL. */
export async function proof(harness: Harness): Promise<Line[]> {
  const talked = prepared(
    talk(),
    replies.map((user) => ({ user })),
  );
  const waited = prepared(waits('P1W'), [{ after: 'P28D' }]);
  const talking = await harness.user.save(talk());
  // A real month is longer than anybody measures: a second stands for each week, and is taken off.
  const waiting = await harness.user.save(waits('PT1S'));
  const each = await inTurns(rounds, {
    path: async () => (perRound / (await took(() => talked(perRound)))) * 1_000,
    floor: async () => 1_000 / (await took(() => realRun(harness, talking, replies))),
  });
  const month = await inTurns(3, {
    path: () => took(() => waited(1)),
    floor: async () => (await took(() => realRun(harness, waiting, []))) - 4_000,
  });
  return [
    {
      what: 'tests of a conversation of ten nodes a second; a real one after another',
      ...{ path: median(each.path), floor: median(each.floor), unit: '/s', aim: '≥ 2,000 /s' },
    },
    {
      what: 'a month of waits in a test; a real run without its waits',
      ...{ path: median(month.path), floor: median(month.floor), unit: 'ms' },
    },
  ];
}
