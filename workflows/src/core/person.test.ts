import type { Json, RunEvent } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { ask, edge, node, row, say } from '../../../tests/support/flows.js';
import { compileRun } from '../compile-run.js';
import {
  accept,
  advance,
  begin,
  type CallOutcome,
  dequeue,
  dequeueDuringCall,
  enqueue,
  getMigrationBlocker,
  type HandBack,
  loadProgram,
  type PersonInput,
  type RunState,
  viewOf,
  wakesAt,
} from './index.js';

const ana = { userId: 'ana', name: 'Ana' };
const ben = { userId: 'ben', name: 'Ben' };
const hour = 3_600_000;

const spoken = ({ type, data, nodeId }: RunEvent): string | undefined => {
  if (type === 'message') return `${data.role}: ${data.text}`;
  if (type === 'control.changed') return `${data.by}${data.how ? ` ${data.how}` : ''}`;
  if (type === 'ai.completed') return data.suggestion && `suggestion: ${data.text}`;
  if (type === 'node.failed') return `${nodeId} failed by ${data.code}`;
  return type === 'waiting' || type === 'run.finished' || type === 'handoff.requested'
    ? type
    : undefined;
};

/** A run of a flow in a row, told of one thing after the other. */
function play(nodes: Parameters<typeof row>[0], more: Parameters<typeof row>[1] = {}) {
  const input = compileRun(
    { schemaVersion: 1, ...row(nodes, more) },
    { runId: 'run-1', workflowId: 'flow-1', version: 'draft', input: {}, startedAt: 0 },
  );
  const program = loadProgram(input);
  const events: RunEvent[] = [];
  let state: RunState = begin(input);
  const go = () => {
    const turn = advance(program, state);
    ({ state } = turn);
    events.push(...turn.events);
  };
  const give = (one: NonNullable<ReturnType<typeof dequeue>>) => {
    const accepted = accept(program, one.state, one.input);
    ({ state } = accepted);
    events.push(...accepted.events);
    go();
  };
  const settle = (now: number) => {
    for (let next = dequeue(program, state, now); next; next = dequeue(program, state, now)) {
      give(next);
    }
  };
  go();
  return {
    program,
    get state() {
      return state;
    },
    story: () => events.flatMap((event) => spoken(event) ?? []),
    events,
    person(...inputs: PersonInput[]) {
      for (const one of inputs) state = enqueue(state, one);
      settle(inputs.at(-1)!.at);
    },
    write(text: string, at: number) {
      state = enqueue(state, { kind: 'message', messageId: text, text, at });
      settle(at);
    },
    wait: (until: number) => settle(until),
    /** The call ends; `meanwhile` came while it ran. */
    ends(at: number, value: Json, ...meanwhile: PersonInput[]) {
      const outcome: CallOutcome =
        value === 'failed'
          ? { ok: false, cancelled: false, error: { code: 'http_failed', message: 'No luck.' } }
          : { ok: true, value: { ...(value as object), at } as never };
      for (const one of meanwhile) state = enqueue(state, one);
      const { position } = state;
      const ended = { kind: 'outcome', at, outcome } as const;
      for (;;) {
        const next = dequeueDuringCall(state, ended);
        if (!next) break;
        give(next);
        if (next.input === ended || state.position !== position) break;
      }
      settle(at);
    },
  };
}

let stamp = 0;
const takeOver = (at: number, by = ana): PersonInput => ({
  ...{ kind: 'takeOver', id: `t${(stamp += 1)}`, by, at },
});
const speak = (text: string, at: number, by = ana): PersonInput => ({
  ...{ kind: 'say', messageId: text, text, by, at },
});
const handBack = (
  at: number,
  how: HandBack['how'] = 'reask',
  more: Partial<HandBack> = {},
): PersonInput => ({ ...{ kind: 'handBack', id: `h${(stamp += 1)}`, how, by: ana, at }, ...more });

const answer = (text: string, more: object = {}) => ({
  ...{ text, usage: { inputTokens: 1, outputTokens: 1 }, model: 'fake' },
  ...more,
});

describe('a person who speaks in place of a flow', () => {
  const question = [
    say('q', 'How many?'),
    ask('n', {
      ...{ expect: 'number', timeout: 'PT2H' },
      reminders: [{ after: 'PT1H', text: 'Still there?' }],
    }),
    say('end', 'Got {{ vars.n }}.'),
  ];

  it('holds time limits and reminders back, and is followed by the same question', () => {
    const run = play(question);
    run.person(takeOver(10));
    run.wait(5 * hour);
    expect(wakesAt(run.program, run.state)).toBeUndefined();
    expect(viewOf(run.program, run.state)).toMatchObject({ status: 'waiting', heldBy: ana });
    run.write('42', 5 * hour);
    run.person(speak('Hello', 5 * hour + 1), handBack(5 * hour + 10));
    expect(run.story().slice(2)).toEqual([
      ...['operator', 'user: 42', 'operator: Hello', 'flow reask'],
      ...['system: How many?', 'waiting'],
    ]);
    expect(run.state.position).toMatchObject({
      deadline: 7 * hour,
      reminders: [{ at: 6 * hour }],
    });
    run.wait(6 * hour);
    expect(run.story().at(-1)).toBe('system: Still there?');
  });

  it('comes too late for a time limit that has already passed', () => {
    const run = play([ask('n', { timeout: 'PT1H' })]);
    run.person(takeOver(hour + 1));
    expect(run.story()).toEqual(['waiting', 'run.finished']);
    const same = play([ask('n', { timeout: 'PT1H' })]);
    same.person(takeOver(hour));
    expect(same.story()).toEqual(['waiting', 'operator']);
  });

  it('lets what the visitor wrote last be the answer, said once', () => {
    const run = play(question);
    run.person(takeOver(10));
    run.write('first', 11);
    run.person(speak('Which number?', 12));
    run.write('it is', 13);
    run.write('7', 14);
    run.person(speak('Thanks', 15), handBack(16, 'answer'));
    expect(run.story().slice(-3)).toEqual(['flow answer', 'system: Got 7.', 'run.finished']);
    expect(run.story().filter((line) => line === 'user: 7')).toHaveLength(1);
    expect(run.state.variables['n']).toBe(7);
  });

  it('asks again if there is no message to be the answer', () => {
    const run = play(question);
    run.person(takeOver(10), handBack(20, 'answer'));
    expect(run.story().slice(-3)).toEqual(['flow reask', 'system: How many?', 'waiting']);
  });

  it('goes to a node, or ends the run', () => {
    const elsewhere = play(question, { aside: [say('other', 'Elsewhere')] });
    elsewhere.person(takeOver(1), handBack(2, 'goto', { nodeId: 'other' }));
    expect(elsewhere.story().slice(-3)).toEqual(['flow goto', 'system: Elsewhere', 'run.finished']);
    const left = elsewhere.events.find(
      ({ type, nodeId }) => type === 'node.completed' && nodeId === 'n',
    );
    expect(left?.data).toEqual({ handle: 'goto', durationMs: 2, skipped: true });
    const nowhere = play(question);
    nowhere.person(takeOver(1), handBack(2, 'goto', { nodeId: 'none' }));
    expect(nowhere.story().slice(-3)).toEqual(['flow reask', 'system: How many?', 'waiting']);
    const ended = play(question);
    ended.person(takeOver(1), handBack(2, 'end'));
    expect(ended.state.position).toEqual({ kind: 'ended', status: 'completed' });
    expect(ended.state.held).toBeUndefined();
  });

  it('gives way to another person, and ignores input that comes too late', () => {
    const run = play(question);
    run.person(takeOver(10), takeOver(20, ben), takeOver(15), handBack(12));
    expect(run.state.held).toMatchObject({ by: ben, names: ['Ana', 'Ben'], from: 10 });
    run.person(handBack(30, 'reask', { by: ben, note: 'Be kind' }));
    expect(run.state.spoke).toEqual({ names: ['Ana', 'Ben'], from: 10, to: 30, note: 'Be kind' });
    run.person(takeOver(25), speak('On its way for long', 29), speak('After the end', 31));
    expect(run.state.held).toBeUndefined();
    expect(run.story().at(-1)).toBe('operator: On its way for long');
    // Which came first of two at the same place is known by the stamp alone.
    const turned = play(question);
    turned.person(handBack(20), takeOver(10));
    expect(turned.state.held).toBeUndefined();
  });

  it('prevents steps and moves to another version', () => {
    const run = play(question);
    run.person(takeOver(1));
    const target = { ...run.program, version: 2, graph: { nodes: [], edges: [] } };
    expect(getMigrationBlocker(run.program, run.state, target)?.code).toBe('not_waiting');
    const skip = { kind: 'skip', nodeId: 'n', visit: 1, at: 2 } as const;
    const { events } = accept(run.program, { ...run.state, stepping: true }, skip);
    expect(events).toEqual([]);
  });
});

describe('a call under way when a person takes over', () => {
  const think = [node('think', 'ai', { prompt: 'Answer' }), ask('more')];

  it('of a model is a suggestion; the model is asked again, and told who spoke', () => {
    const run = play(think);
    run.ends(20, answer('Late', { calls: [{ name: 'x', args: {} }] }), takeOver(10));
    run.person(speak('Hello', 30), handBack(40, 'reask', { note: 'Paid twice' }));
    expect(run.story()).toEqual(['operator', 'suggestion: Late', 'operator: Hello', 'flow reask']);
    const { position } = run.state;
    expect(position).toMatchObject({
      call: {
        activity: 'generate',
        input: {
          ...{ prompt: 'Answer', call: 2, upToSeq: run.state.seq },
          spoke: { names: ['Ana'], from: 10, to: 40, note: 'Paid twice' },
        },
      },
    });
    run.ends(50, answer('Now'));
    expect(run.story().slice(-2)).toEqual(['ai: Now', 'waiting']);
  });

  it('is said if its stamp is older, and asked again if it still runs', () => {
    const older = play(think);
    older.ends(9, answer('In time'), takeOver(10));
    expect(older.story()).toEqual(['ai: In time', 'waiting', 'operator']);
    const running = play(think);
    running.ends(50, answer('Late'), takeOver(10), handBack(20));
    expect(running.story()).toEqual(['operator', 'flow reask']);
    expect(running.state.position).toMatchObject({ call: { input: { call: 2 } } });
  });

  it.each([
    [{ status: 200, body: 'yes' }, 'system: yes'],
    ['failed', 'caught failed'],
  ])('of an integration is kept for the flow: %j', (outcome, end) => {
    const run = play(
      [
        node('it', 'integration', { url: 'https://a.example', saveAs: 'kept' }),
        say('end', '{{ vars.kept }}'),
      ],
      { aside: [say('caught', 'caught failed')], edges: [edge('it', 'error', 'caught')] },
    );
    run.ends(20, outcome, takeOver(10));
    expect(run.story()).toEqual(['operator']);
    expect(run.state.variables).toEqual({});
    run.person(handBack(30));
    expect(run.story().slice(-2)).toEqual([
      end.replace('caught', 'system: caught'),
      'run.finished',
    ]);
  });

  it('is not made while a person speaks', () => {
    const run = play([ask('go'), ...think]);
    run.person(takeOver(1));
    run.write('go', 2);
    expect(run.story()).toEqual(['waiting', 'operator', 'user: go']);
    run.person(handBack(3, 'answer'));
    expect(run.state.position).toMatchObject({ kind: 'call', nodeId: 'think' });
  });
});

describe('a handoff node', () => {
  const help = [
    node('help', 'integration', {
      ...{ kind: 'handoff', team: 'Sales', note: 'About {{ 1 + 1 }}', message: 'One moment.' },
      timeout: 'PT1H',
    }),
    ask('more'),
  ];
  const aside = { aside: [say('nobody', 'Nobody')], edges: [edge('help', 'timeout', 'nobody')] };

  it('says its message, asks for a person and waits for one', () => {
    const run = play(help, aside);
    expect(run.story()).toEqual(['system: One moment.', 'handoff.requested']);
    expect(run.events.find(({ type }) => type === 'handoff.requested')?.data).toEqual({
      ...{ team: 'Sales', note: 'About 2', deadline: '1970-01-01T01:00:00.000Z' },
    });
    run.write('Hello?', 5);
    run.person(takeOver(10));
    run.wait(2 * hour);
    run.person(speak('Hi', 2 * hour), handBack(2 * hour + 1));
    expect(run.story().slice(2)).toEqual([
      ...['user: Hello?', 'operator', 'operator: Hi', 'flow reask', 'waiting'],
    ]);
    expect(run.state.position).toMatchObject({ kind: 'reply', nodeId: 'more' });
  });

  it('lets what was written to it be the answer to what comes next', () => {
    const run = play(help, aside);
    run.write('Hello?', 5);
    run.person(takeOver(10), handBack(11, 'answer'));
    expect(run.state.variables).toEqual({ more: 'Hello?' });
    expect(run.story().filter((line) => line === 'user: Hello?')).toHaveLength(1);
  });

  it('continues after its time limit if nobody came, and what was written answers nothing', () => {
    const run = play(help, aside);
    run.write('Hello?', 5);
    run.wait(hour);
    expect(run.story().slice(2)).toEqual([
      ...['user: Hello?', 'flow timeout', 'system: Nobody', 'run.finished'],
    ]);
  });
});

describe('a run that begins under a person', () => {
  it('tells that first, and begins its flow with the hand-back', () => {
    const input = compileRun(
      { schemaVersion: 1, ...row([say('hi', 'Hi'), ask('it')]) },
      {
        ...{ runId: 'run-1', workflowId: 'flow-1', version: 1, input: {}, startedAt: 5 },
        takenOver: { id: 't', by: ana, at: 7 },
      },
    );
    const program = loadProgram(input);
    const begun = advance(program, begin(input));
    expect(begun.events.map(({ type }) => type)).toEqual(['run.started', 'control.changed']);
    expect(viewOf(program, begun.state)).toMatchObject({
      ...{ status: 'waiting', heldBy: ana },
      currentNodes: [{ nodeId: 'start', visit: 1, state: 'waiting' }],
    });
    const back = accept(program, begun.state, handBack(9));
    const { events, state } = advance(program, back.state);
    expect(events.flatMap((event) => spoken(event) ?? [])).toEqual(['system: Hi', 'waiting']);
    expect(state.position).toMatchObject({ kind: 'reply', nodeId: 'it' });
  });
});
