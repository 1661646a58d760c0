import type { FlowInput, RunEvent } from '@crmflow/contracts';
import { localeOf } from '@crmflow/expressions';
import { describe, expect, it } from 'vitest';
import { type Moment, simulate } from '../../../../test/simulate.js';
import { compileRun } from '../../../compile-run.js';
import { begin, dueAt, loadProgram, type Suspension } from '../../index.js';

const dayMs = 86_400_000;
const position = { x: 0, y: 0 };
const startedAt = Date.parse('2026-01-01T00:00:00Z');
const iso = (at: number) => new Date(at).toISOString();

const flow: FlowInput = {
  schemaVersion: 1,
  name: 'Weeks',
  nodes: [
    { id: 'start', type: 'trigger', label: '', position, data: { kind: 'chat' } },
    {
      ...{ id: 'ask', type: 'listen', label: 'Ask', position },
      data: {
        ...{ variable: 'age', expect: 'number', retries: 1, retryText: 'A number?' },
        timeout: 'P2W',
        reminders: [
          { after: 'P10D', text: 'Soon over' },
          { after: 'P1W', text: 'Still there?' },
          { after: 'P3W', text: 'Never said' },
        ],
      },
    },
    { id: 'late', type: 'speak', label: '', position, data: { text: 'Late' } },
  ],
  edges: [
    { id: 'a', source: 'start', sourceHandle: 'out', target: 'ask' },
    { id: 'b', source: 'ask', sourceHandle: 'timeout', target: 'late' },
  ],
};

/** The flow with other data of its listen node. */
const flowWith = (data: object) =>
  ({
    ...flow,
    nodes: flow.nodes.map((node) =>
      node.id === 'ask' ? { ...node, data: { ...node.data, ...data } } : node,
    ),
  }) as FlowInput;

function play(moments: Moment[], played = flow) {
  const input = compileRun(played, {
    ...{ runId: 'r', workflowId: 'w', version: 'draft' as const, startedAt, input: {} },
  });
  const program = loadProgram(input);
  return simulate(program, begin(input), moments);
}

/** The moment at which the run's own timer goes off. */
const timer: Moment = (state) => ({
  now: dueAt(state.position as Suspension) ?? Number.NaN,
  arrivals: [],
});
const reply =
  (text: string, afterMs: number): Moment =>
  () => {
    const at = startedAt + afterMs;
    return { now: at, arrivals: [{ kind: 'message', messageId: `m${afterMs}`, text, at }] };
  };

const toldOf = (events: RunEvent[]) =>
  events.flatMap(({ type, at, data }) => {
    if (type === 'message') return [`${(at - startedAt) / dayMs}: ${data.text}`];
    return type === 'node.completed' ? [`${(at - startedAt) / dayMs}: ${data.handle}`] : [];
  });

describe('a listen node that waits for weeks', () => {
  it('reminds when it is due, and leaves by timeout to the millisecond', () => {
    const { events, state } = play([timer, timer, timer]);
    expect(events.find(({ type }) => type === 'waiting')?.data).toMatchObject({
      deadline: iso(startedAt + 14 * dayMs),
    });
    expect(toldOf(events)).toEqual([
      '0: out',
      '7: Still there?',
      '10: Soon over',
      '14: timeout',
      '14: Late',
      '14: out',
    ]);
    expect(state.position).toEqual({ kind: 'ended', status: 'completed' });
  });

  it('sends no reminder that is due at the moment of the timeout', () => {
    const reminders = [{ after: 'P2W', text: 'Too late' }];
    const { events } = play([timer, timer], flowWith({ reminders }));
    expect(toldOf(events)).toEqual(['0: out', '14: timeout', '14: Late', '14: out']);
  });

  it('takes a reply of the last moment, and none of the next', () => {
    const last = play([timer, timer, reply('42', 14 * dayMs)]);
    expect(last.state.variables).toEqual({ age: 42 });
    const late = play([timer, timer, reply('42', 14 * dayMs + 1)]);
    expect(late.state.variables).toEqual({});
    expect(toldOf(late.events)).toContain('14: timeout');
  });

  it('gives no new time to one who has to answer again', () => {
    const { events } = play([reply('forty', 13 * dayMs), timer]);
    const waiting = events.filter(({ type }) => type === 'waiting').map(({ data }) => data);
    expect(waiting).toHaveLength(2);
    expect(waiting[1]).toEqual(waiting[0]);
    expect(toldOf(events).slice(-4)).toEqual([
      '13: A number?',
      '14: timeout',
      '14: Late',
      '14: out',
    ]);
  });
});

/** A flow that asks for one thing and says what it has read; `data` and `edges` are added to it. */
function ask(
  locale: string | null,
  replies: string[],
  data: object,
  edges: FlowInput['edges'] = [],
) {
  const asking: FlowInput = {
    schemaVersion: 1,
    name: 'Ask',
    nodes: [
      { id: 'start', type: 'trigger', label: '', position, data: { kind: 'chat' } },
      { id: 'ask', type: 'listen', label: 'Ask', position, data: { variable: 'it', ...data } },
      { id: 'say', type: 'speak', label: '', position, data: { text: 'Thanks' } },
    ],
    edges: [
      { id: 'a', source: 'start', sourceHandle: 'out', target: 'ask' },
      { id: 'b', source: 'ask', sourceHandle: 'out', target: 'say' },
      ...edges,
    ],
  };
  const input = compileRun(asking, {
    ...{ runId: 'r', workflowId: 'w', version: 'draft' as const, startedAt, input: {} },
    ...(locale !== null && { locale: localeOf(locale, 'Europe/Berlin') }),
  });
  const moments = replies.map((text, index) => reply(text, index + 1));
  const { events, state } = simulate(loadProgram(input), begin(input), moments);
  const said = events.flatMap(({ type, data: told }) =>
    type === 'message' && told.role === 'system' ? [told.text] : [],
  );
  return { events, said, state };
}

describe('a listen node whose author says nothing about replies that do not fit', () => {
  it('asks again twice, in the language of the customer, and says when it gives up', () => {
    const { said, state } = ask('de-AT', ['viele', 'sehr viele', 'noch mehr'], {
      expect: 'number',
    });
    const again = 'Bitte mit einer Zahl antworten, zum Beispiel 12,5.';
    const over = 'Das konnte ich leider nicht lesen. Die Konversation endet hier.';
    expect(said).toEqual([again, again, over]);
    expect(state.position).toMatchObject({ status: 'failed', error: { code: 'invalid_reply' } });
  });

  it.each([
    ['en-US', 'date', 'Please answer with a date, such as 12/31/2027.'],
    ['fr', 'number', 'Veuillez répondre par un nombre, par exemple 12,5.'],
    ['pl', 'date', 'Proszę podać datę, na przykład 31.12.2027.'],
    ['ja', 'date', 'Please answer with a date, such as 2027/12/31.'],
  ])('asks in %s again for a %s', (locale, expected, text) => {
    expect(ask(locale, ['?'], { expect: expected }).said).toEqual([text]);
  });

  it('names the choices', () => {
    const choices = [
      { value: 'a', label: 'Apple' },
      { value: 'b', label: '$& Pear' },
    ];
    const { said } = ask('en', ['plum'], { expect: 'choice', choices });
    expect(said).toEqual(['Please choose one of these: Apple, $& Pear.']);
  });

  it('leaves at once where “invalid” leads on', () => {
    const invalid = [{ id: 'c', source: 'ask', sourceHandle: 'invalid', target: 'say' }];
    const { said } = ask('de', ['viele'], { expect: 'number' }, invalid);
    expect(said).toEqual(['Thanks']);
  });

  it('keeps to what the author does say', () => {
    expect(ask('de', ['viele'], { expect: 'number', retries: 0 }).said).toHaveLength(1);
    const own = ask('de', ['viele'], { expect: 'number', retries: 1, retryText: 'A number?' });
    expect(own.said).toEqual(['A number?']);
    expect(ask('de', ['viele'], { expect: 'number', retries: 1, retryText: '' }).said).toEqual([]);
  });

  it('is as it was for runs that began without a locale', () => {
    const { said, state, events } = ask(null, ['viele'], { expect: 'number' });
    expect(said).toEqual([]);
    expect(state.position).toMatchObject({ status: 'failed' });
    expect(events[0]?.data).not.toHaveProperty('locale');
  });

  it('reads by the locale of the run’s start, which its log names', () => {
    const { events, state } = ask('de', ['1.000,5'], { expect: 'number' });
    expect(state.variables).toEqual({ it: 1000.5 });
    expect(events[0]?.data).toMatchObject({ locale: 'de', timezone: 'Europe/Berlin' });
  });
});

describe('a wait after a date that was read', () => {
  it.each([
    ['31.12.2026', '2026-12-30T23:00:00.000Z'],
    ['31.12.2026 18:00', '2026-12-31T17:00:00.000Z'],
    ['2026-07-01', '2026-06-30T22:00:00.000Z'],
  ])('of %s ends at that time in the run’s zone', (text, until) => {
    const waiting: FlowInput = {
      schemaVersion: 1,
      name: 'Wait',
      nodes: [
        { id: 'start', type: 'trigger', label: '', position, data: { kind: 'chat' } },
        {
          ...{ id: 'ask', type: 'listen', label: '', position },
          data: { variable: 'day', expect: 'date' },
        },
        {
          ...{ id: 'wait', type: 'logic', label: '', position },
          data: { kind: 'wait', until: '{{ vars.day }}' },
        },
      ],
      edges: [
        { id: 'a', source: 'start', sourceHandle: 'out', target: 'ask' },
        { id: 'b', source: 'ask', sourceHandle: 'out', target: 'wait' },
      ],
    };
    const input = compileRun(waiting, {
      ...{ runId: 'r', workflowId: 'w', version: 'draft' as const, startedAt, input: {} },
      locale: localeOf('de', 'Europe/Berlin'),
    });
    const { state } = simulate(loadProgram(input), begin(input), [reply(text, 1)]);
    expect(state.position).toMatchObject({ kind: 'sleep', until: Date.parse(until) });
  });
});
