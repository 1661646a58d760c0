import type { OfficeHours, RunEvent } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { edge, node, row, say } from '../../../../tests/support/flows.js';
import { compileRun } from '../../compile-run.js';
import { accept, advance, begin, dequeue, enqueue, loadProgram, wakesAt } from '../index.js';

const day = [{ from: '09:00', to: '17:00' }];
const hours: OfficeHours = {
  timezone: 'UTC',
  week: { mon: day, tue: day, wed: day, thu: day, fri: day, sat: [], sun: [] },
  closed: [],
};
const monday = Date.parse('2027-01-11T00:00:00Z');
const hour = 3_600_000;
const inHours = monday + 10 * hour;
const friday = monday + 4 * 24 * hour;

/** A run that is told its office hours whenever it asks, up to an instant. */
function play(data: object, from: number, until: number, known: OfficeHours | null = hours) {
  const kind = (data as { kind: string }).kind === 'wait' ? 'logic' : 'integration';
  const flow = row([node('it', kind, data), say('end', 'On'), say('late', 'Nobody is there')], {
    edges: kind === 'logic' ? [] : [edge('it', 'timeout', 'late')],
  });
  const input = compileRun(
    { schemaVersion: 1, ...flow },
    { runId: 'run-1', workflowId: 'flow-1', version: 'draft', input: {}, startedAt: from },
  );
  const program = loadProgram(input);
  const events: RunEvent[] = [];
  let state = begin(input);
  let now = from;
  let asked = 0;
  for (;;) {
    const turn = advance(program, state);
    ({ state } = turn);
    events.push(...turn.events);
    const { position } = state;
    if (position.kind === 'call') {
      asked += 1;
      const value = { hours: known, at: now };
      const told = { kind: 'outcome', at: now, outcome: { ok: true, value } } as const;
      const accepted = accept(program, state, told);
      ({ state } = accepted);
      events.push(...accepted.events);
      continue;
    }
    const due = position.kind === 'ended' ? undefined : wakesAt(program, state);
    if (due === undefined || due > until) break;
    now = Math.max(now, due);
    const next = dequeue(program, state, now);
    if (!next) throw new Error('nothing is due');
    const accepted = accept(program, next.state, next.input);
    ({ state } = accepted);
    events.push(...accepted.events);
  }
  const said = events.flatMap((event) => (event.type === 'message' ? event.data.text : []));
  const requested = events.find(({ type }) => type === 'handoff.requested');
  return { said, asked, state, deadline: (requested?.data as { deadline?: string })?.deadline };
}

describe('a handoff node', () => {
  const asks = { kind: 'handoff', message: 'Somebody will answer.', timeout: 'PT30M' };
  const closed = 'We are back on Monday.';

  it('asks as always in office hours, or where none are set, or it does not look at them', () => {
    const expected = { said: ['Somebody will answer.'], deadline: '2027-01-11T10:30:00.000Z' };
    const leaves = { ...asks, outside: 'leave', outsideMessage: closed };
    expect(play(leaves, inHours, inHours)).toMatchObject({ ...expected, asked: 1 });
    expect(play(leaves, inHours, inHours, null)).toMatchObject({ ...expected, asked: 1 });
    expect(play(asks, inHours, inHours)).toMatchObject({ ...expected, asked: 0 });
  });

  it('leaves outside of them, and tells the customer', () => {
    const leaves = { ...asks, outside: 'leave', outsideMessage: closed };
    const { said, deadline } = play(leaves, friday + 18 * hour, friday + 18 * hour);
    expect([said, deadline]).toEqual([[closed, 'Nobody is there'], undefined]);
  });

  it('waits outside of them, with a time limit from when the team is back', () => {
    const waits = { ...asks, outside: 'wait', outsideMessage: closed };
    const { said, deadline } = play(waits, friday + 18 * hour, friday + 19 * hour);
    expect([said, deadline]).toEqual([[closed], '2027-01-18T09:30:00.000Z']);
    const late = play(waits, friday + 18 * hour, friday + 90 * hour);
    expect(late.said).toEqual([closed, 'Nobody is there']);
  });

  it('leaves where the team is never there', () => {
    const dates = Array.from({ length: 410 }, (_, i) =>
      new Date(monday + i * 24 * hour).toISOString().slice(0, 10),
    );
    const waits = { ...asks, outside: 'wait', outsideMessage: closed };
    const { said } = play(waits, inHours, inHours, { ...hours, closed: dates });
    expect(said).toEqual([closed, 'Nobody is there']);
  });
});

describe('a wait in office hours', () => {
  it('continues at once in them', () => {
    const { said, asked } = play({ kind: 'wait', officeHours: true }, inHours, inHours);
    expect([said, asked]).toEqual([['On', 'Nobody is there'], 1]);
  });

  it('sleeps until they begin, and looks again then', () => {
    const waits = { kind: 'wait', officeHours: true };
    const opens = friday + 3 * 24 * hour + 9 * hour;
    expect(play(waits, friday + 18 * hour, opens - 1).said).toEqual([]);
    expect(play(waits, friday + 18 * hour, opens)).toMatchObject({
      said: ['On', 'Nobody is there'],
      asked: 2,
    });
  });

  it('sleeps for its duration first', () => {
    const waits = { kind: 'wait', duration: 'PT8H', officeHours: true };
    const { said } = play(waits, inHours, monday + 24 * hour + 9 * hour - 1);
    expect(said).toEqual([]);
    expect(play(waits, inHours, monday + 33 * hour).said).toHaveLength(2);
  });
});

describe('a time of the calendar', () => {
  const by = { userId: 'ana', name: 'Ana' };

  it.each([
    ['stays where a person has the conversation', { until: '2027-01-11T12:00:00Z' }, 12],
    ['is no duration, which moves by the stretch', { duration: 'PT2H' }, 13],
  ])('%s', (_, length, wakes) => {
    const flow = row([node('it', 'logic', { kind: 'wait', ...length }), say('end', 'On')]);
    const input = compileRun(
      { schemaVersion: 1, ...flow },
      { runId: 'run-1', workflowId: 'flow-1', version: 'draft', input: {}, startedAt: inHours },
    );
    const program = loadProgram(input);
    let { state } = advance(program, begin(input));
    const acts = [
      { kind: 'takeOver', id: 't', by, at: inHours + 1 },
      { kind: 'handBack', id: 'h', by, how: 'reask', keepsInstants: true, at: inHours + 1 + hour },
    ] as const;
    for (const act of acts) {
      const next = dequeue(program, enqueue(state, act), act.at);
      if (!next) throw new Error(`${act.kind} was not taken`);
      ({ state } = accept(program, next.state, next.input));
    }
    expect(wakesAt(program, state)).toBe(monday + wakes * hour);
  });
});
