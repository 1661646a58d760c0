import { createHash } from 'node:crypto';
import type { FlowInput, FlowNodeInput } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { ask, edge, node, row, say } from '../../../tests/support/flows.js';
import { simulate, type Task } from '../../test/simulate.js';
import { callbackToken } from '../callback-token.js';
import { compileRun } from '../compile-run.js';
import { accept, advance, begin, dequeue, enqueue, loadProgram, viewOf } from './index.js';
import type { Arrival } from './state.js';

const day = 86_400_000;
const base = 'https://crm.example/hooks/waits/';
const approve = (data: object = {}) => ask('approve', { expect: 'callback', ...data });
const link = (text = '{{ callbackUrl() }}') => say('link', text);

function load(flow: Omit<FlowInput, 'schemaVersion'>, more: object = {}) {
  const input = compileRun(
    { schemaVersion: 1, ...flow },
    {
      ...{ runId: 'run-1', workflowId: 'flow-1', version: 1, input: {}, startedAt: 0 },
      callbacks: { base, secret: 'secret of the run' },
      ...more,
    },
  );
  return { program: loadProgram(input), state: begin(input) };
}

const run = (
  nodes: FlowNodeInput[],
  tasks: Task[],
  { edges = [], more }: { edges?: ReturnType<typeof edge>[]; more?: object } = {},
) => {
  const { program, state } = load(row(nodes, { edges }), more);
  return simulate(program, state, tasks);
};

const at = (now: number, ...arrivals: Arrival[]): Task => ({ now, arrivals });
const called = (now: number, value: object = { ok: true }, visit = 1, nodeId = 'approve') =>
  at(now, { kind: 'callback', nodeId, visit, value: value as never, at: now });
const wrote = (now: number, text: string) =>
  at(now, { kind: 'message', messageId: text, text, at: now });

const textsOf = ({ events }: ReturnType<typeof run>) =>
  events.flatMap((event) => (event.type === 'message' ? [event.data.text] : []));
const tokenFor = (visit: number, nodeId = 'approve') =>
  callbackToken('secret of the run', nodeId, visit);

describe('a callback node', () => {
  it('is answered by a call, whose content it saves', () => {
    const done = run([link(), approve()], [called(5 * day, { decision: 'yes' })]);
    expect(done.state.position).toMatchObject({ kind: 'ended', status: 'completed' });
    expect(done.state.variables['approve']).toEqual({ decision: 'yes' });
    expect(textsOf(done)).toEqual([base + tokenFor(1)]);
  });

  it('says what it waits for', () => {
    const { program, state } = run([link(), approve({ timeout: 'P1D' })], []);
    const { status, waiting } = viewOf(program, state);
    expect(status).toBe('waiting');
    expect(waiting).toMatchObject({ expect: 'callback', nodeId: 'approve' });
    expect(waiting?.deadline).toBe('1970-01-02T00:00:00.000Z');
  });

  it('keeps a call that comes before the run is there', () => {
    const wait = node('wait', 'logic', { kind: 'wait', duration: 'P1D' });
    const done = run([link(), wait, approve()], [called(10), at(day)]);
    expect(done.state.position).toMatchObject({ kind: 'ended', status: 'completed' });
  });

  it.each([
    ['for another visit', called(10, {}, 2)],
    ['for another node', called(10, {}, 1, 'link')],
    ['a message of the visitor', wrote(10, 'I approve')],
  ])('is not answered by what is %s', (_, task) => {
    const { state } = run([link(), approve()], [task]);
    expect(state.position).toMatchObject({ kind: 'reply', nodeId: 'approve' });
  });

  it('leaves what the visitor writes to the next question', () => {
    const done = run([link(), approve(), ask('name')], [wrote(10, 'Ada'), called(20)]);
    expect(done.state.variables).toMatchObject({ approve: { ok: true }, name: 'Ada' });
  });

  it('joins what the visitor writes before and after an early call, where messages come in bursts', () => {
    const burst = { quietMs: 1000, maxMs: 5000 };
    const wait = node('wait', 'logic', { kind: 'wait', duration: 'PT1S' });
    const asked = [link(), wait, ask('name'), approve()];
    const tasks = [wrote(10, 'Ada'), called(11), wrote(12, 'Lovelace'), at(1000), at(3000)];
    const { state } = run(asked, tasks, { more: { burst } });
    expect(state.variables).toMatchObject({ name: 'Ada\nLovelace', approve: { ok: true } });
  });

  it('reminds with the same address, and times out', () => {
    const reminders = [{ after: 'PT1H', text: 'Still open: {{ callbackUrl() }}' }];
    const done = run(
      [link(), approve({ timeout: 'P1D', reminders })],
      [at(3_600_000), called(day + 1)],
    );
    expect(textsOf(done)).toEqual([base + tokenFor(1), `Still open: ${base}${tokenFor(1)}`]);
    expect(done.state.position).toMatchObject({ kind: 'ended', status: 'timed_out' });
  });

  it('has another address each time that the run comes to it', () => {
    const again = [edge('approve', 'timeout', 'link')];
    const done = run([link(), approve({ timeout: 'PT1H' })], [at(3_600_000), called(3_600_001)], {
      edges: again,
    });
    expect(textsOf(done)).toEqual([1, 2].map((visit) => base + tokenFor(visit)));
    expect(done.state.position).toMatchObject({ kind: 'reply', visit: 2 });
  });

  it('waits while a person speaks, and goes on with what came meanwhile', () => {
    const by = { userId: 'u', name: 'Ana' };
    const nodes = [link(), approve({ timeout: 'P1D' })];
    const held = [at(10, { kind: 'takeOver', id: 't', by, at: 10 }), called(20), at(2 * day)];
    expect(run(nodes, held).state.position).toMatchObject({ kind: 'reply', nodeId: 'approve' });
    const back = at(3 * day, { kind: 'handBack', id: 'h', how: 'reask', by, at: 3 * day });
    const done = run(nodes, [...held, back]);
    expect(done.state.position).toMatchObject({ kind: 'ended', status: 'completed' });
    expect(textsOf(done)).toHaveLength(1);
  });

  it('counts the first of two calls only', () => {
    const wait = node('wait', 'logic', { kind: 'wait', duration: 'P1D' });
    const twice = [called(10, { first: true }), called(11, { first: false }), at(day)];
    const { state } = run([link(), wait, approve()], twice);
    expect(state.variables['approve']).toEqual({ first: true });
  });

  it('forgets calls for visits that are over', () => {
    const { state } = run([link(), approve(), ask('name')], [called(10), called(20)]);
    expect(state.inbox).toEqual([]);
  });

  it('stays where it is by a migration, for versions that wait for a call there too', () => {
    const { program, state } = load(row([link(), approve()]));
    const waiting = advance(program, state).state;
    const migrateTo = (flow: FlowInput) =>
      accept(program, waiting, {
        ...{ kind: 'migrate', id: 'm', at: 5 },
        target: { ...compileRun(flow, { ...program, version: 2 }), version: 2 },
      });
    const same = migrateTo({ schemaVersion: 1, ...row([approve(), say('bye', 'Bye')]) });
    expect(same.verdict).toEqual({ ok: true });
    const other = migrateTo({ schemaVersion: 1, ...row([ask('approve')]) });
    expect(other.verdict).toMatchObject({ ok: false, code: 'node_missing' });
    const arrived = enqueue(same.state, called(10).arrivals[0]!);
    expect(dequeue(same.program, arrived, 10)?.input).toMatchObject({ kind: 'callback' });
  });
});

describe('callbackUrl()', () => {
  const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

  it('tells the recorder of its token by its hash alone, once', () => {
    const twice = link('{{ callbackUrl() }} {{ callbackUrl("approve") }}');
    const { program, state } = load(row([twice, approve()]));
    const { callbacks } = advance(program, state);
    expect(callbacks).toEqual([{ nodeId: 'approve', visit: 1, tokenHash: hashOf(tokenFor(1)) }]);
  });

  it('differs by run, node and visit', () => {
    const all = [
      tokenFor(1),
      tokenFor(2),
      tokenFor(1, 'approve2'),
      callbackToken('secret of another run', 'approve', 1),
    ];
    expect(new Set(all).size).toBe(4);
    expect(all.every((token) => /^[0-9a-f]{40}$/.test(token))).toBe(true);
  });

  it.each([
    ['where nothing waits', [link(), ask('name')], {}],
    ['by a name that no node has', [link('{{ callbackUrl("nobody") }}'), approve()], {}],
    [
      'in a run that began before there were callbacks',
      [link(), approve()],
      { callbacks: undefined },
    ],
  ])('fails %s', (_, nodes, more) => {
    const { state } = run(nodes, [], { more });
    expect(state.position).toMatchObject({
      status: 'failed',
      error: { code: 'expression_failed' },
    });
  });
});
