import type { RunEvent } from '@crmflow/contracts';
import { limits } from '@crmflow/contracts';
import { asText } from '@crmflow/expressions';
import { describe, expect, it } from 'vitest';
import { ask, edge, node, row, say } from '../../../tests/support/flows.js';
import { simulate, type Task } from '../../test/simulate.js';
import { compileRun } from '../compile-run.js';
import { type Arrival, begin, loadProgram, wakesAt } from './index.js';

const quietMs = 3_000;
const maxMs = 10_000;

/** What a visitor sends, and what others do, at these milliseconds. */
type Sent = [at: number, text: string] | Exclude<Arrival, { kind: 'message' }>;

const toArrival = (one: Sent, i: number): Arrival =>
  Array.isArray(one) ? { kind: 'message', messageId: `m${i}`, text: one[1], at: one[0] } : one;

function inWords(event: RunEvent): string[] {
  if (event.type === 'message') return [`${event.at} ${event.data.text}`];
  if (event.type === 'variable.set')
    return [`${event.at} ${event.data.name}=${asText(event.data.value)}`];
  if (event.type === 'node.completed' && event.data.handle === 'timeout')
    return [`${event.at} time`];
  return event.type === 'run.finished' ? [`${event.at} ${event.data.status}`] : [];
}

/**
 * The story of a run with bursts: what arrives comes one by one with the timers in between, which
 * must be the same as all of it at once.
 */
function play(draft: ReturnType<typeof row>, sent: Sent[], until: number) {
  const input = compileRun(
    { schemaVersion: 1, ...draft },
    {
      ...{ runId: 'run-1', workflowId: 'flow-1', version: 1, input: {}, startedAt: 0 },
      burst: { quietMs, maxMs },
    },
  );
  const program = loadProgram(input);
  const arrivals = sent.map(toArrival);
  let state = simulate(program, begin(input), []).state;
  let events = simulate(program, begin(input), []).events;
  const run = (task: Task) => {
    const after = simulate(program, state, [task]);
    ({ state } = after);
    events = [...events, ...after.events];
  };
  const sleepUntil = (at: number) => {
    for (let due = wakesAt(program, state); due !== undefined && due < at;) {
      run({ now: due, arrivals: [] });
      due = wakesAt(program, state);
    }
  };
  for (const arrival of arrivals) {
    sleepUntil(arrival.at);
    run({ now: arrival.at, arrivals: [arrival] });
  }
  sleepUntil(until + 1);
  const atOnce = simulate(program, begin(input), [{ now: until, arrivals }]);
  expect(atOnce.events).toEqual(events);
  return events.flatMap(inWords);
}

const two = row([ask('a'), ask('b')]);
const cancel = (at: number): Sent => ({ kind: 'cancel', at });

describe('a burst', () => {
  it('is one reply, in which each message stays a message', () => {
    const sent: Sent[] = [
      [1_000, 'Hi'],
      [2_000, 'it is'],
      [4_900, 'me'],
    ];
    expect(play(two, sent, 7_899)).toEqual([]);
    expect(play(two, sent, 7_900)).toEqual([
      ...['1000 Hi', '2000 it is', '4900 me', '7900 a=Hi\nit is\nme'],
    ]);
  });

  it('ends after a quiet time, to the millisecond', () => {
    const first: Sent = [1_000, 'one'];
    expect(play(two, [first, [3_999, 'two']], 6_999)).toEqual([
      ...['1000 one', '3999 two', '6999 a=one\ntwo'],
    ]);
    // At the very instant it belongs to the reply, and doesn't prolong it.
    expect(play(two, [first, [4_000, 'two']], 4_000)).toEqual([
      ...['1000 one', '4000 two', '4000 a=one\ntwo'],
    ]);
    expect(play(two, [first, [4_001, 'two']], 7_001)).toEqual([
      ...['1000 one', '4000 a=one', '4001 two', '7001 b=two', '7001 completed'],
    ]);
  });

  it('ends at the latest some time after its first message', () => {
    const many = [0, 2_000, 4_000, 6_000, 8_000].map((at): Sent => [at, `${at}`]);
    const told = ['0 0', '2000 2000', '4000 4000', '6000 6000', '8000 8000'];
    const value = 'a=0\n2000\n4000\n6000\n8000';
    expect(play(two, [...many, [10_000, 'x']], 10_000)).toEqual([
      ...[...told, '10000 x', `10000 ${value}\nx`],
    ]);
    expect(play(two, [...many, [10_001, 'x']], 13_001)).toEqual([
      ...[...told, `10000 ${value}`, '10001 x', '13001 b=x', '13001 completed'],
    ]);
  });

  it('is ended by a choice on offer, which is not held up', () => {
    const choices = [
      { value: 's', label: 'Small' },
      { value: 'l', label: 'Large' },
    ];
    const sized = row([ask('a', { expect: 'choice', choices }), ask('b')]);
    expect(play(sized, [[5, 'Large']], 5)).toEqual(['5 Large', '5 a=l']);
    expect(
      play(
        sized,
        [
          [5, 'hm'],
          [6, 's'],
          [7, 'x'],
        ],
        3_007,
      ),
    ).toEqual([...['5 hm', '6 s', '6 a=s', '7 x', '3007 b=x', '3007 completed']]);
    // Whoever types may go on.
    expect(play(sized, [[5, 'large']], 3_004)).toEqual([]);
    expect(play(sized, [[5, 'large']], 3_005)).toEqual(['5 large', '3005 a=l']);
  });

  it('is not cut off by the time limit, and gets no reminder', () => {
    const reminders = [{ after: 'PT4S', text: 'Still there?' }];
    const patient = row([ask('a', { timeout: 'PT5S', reminders })], {
      aside: [say('late', 'Late')],
      edges: [edge('a', 'timeout', 'late')],
    });
    expect(
      play(
        patient,
        [
          [4_000, 'one'],
          [6_500, 'two'],
        ],
        9_500,
      ),
    ).toEqual([...['4000 one', '6500 two', '9500 a=one\ntwo', '9500 completed']]);
    expect(play(patient, [[5_001, 'one']], 9_500)).toEqual([
      ...['4000 Still there?', '5000 time', '5000 Late', '5000 completed'],
    ]);
  });

  it('does not hold up a cancellation or a command', () => {
    const first: Sent = [1_000, 'one'];
    expect(play(two, [first, cancel(3_999)], 9_000)).toEqual(['3999 cancelled']);
    expect(play(two, [first, cancel(4_000)], 9_000)).toEqual([
      ...['1000 one', '4000 a=one', '4000 cancelled'],
    ]);
    const idle: Sent = { kind: 'continue', at: 2_000 };
    expect(play(two, [first, idle, [3_000, 'two']], 6_000)).toEqual([
      ...['1000 one', '3000 two', '6000 a=one\ntwo'],
    ]);
  });

  it('is no longer than one message may be', () => {
    const half = 'x'.repeat(limits.messageBytes / 2);
    const sent = [1, 2, 3].map((at): Sent => [at, half]);
    expect(play(two, sent, 3_003).map((line) => line.slice(0, 8))).toEqual([
      ...['1 xxxxxx', '2 xxxxxx', '3 a=xxxx', '3 xxxxxx', '3003 b=x', '3003 com'],
    ]);
  });

  it('is asked about again as a whole', () => {
    const aged = row([ask('a', { expect: 'number', retries: 1, retryText: 'A number?' })]);
    const sent: Sent[] = [
      [0, 'well'],
      [1_000, 'old'],
      [5_000, 'very'],
      [6_000, '99'],
    ];
    expect(play(aged, sent, 9_000)).toEqual([
      ...['0 well', '1000 old', '4000 A number?', '5000 very', '6000 99', '9000 a=99'],
      '9000 completed',
    ]);
  });

  it('that waited for a call is answered at once if it is over', () => {
    const draft = row([node('nap', 'logic', { kind: 'wait', duration: 'PT10S' }), ask('a')]);
    const sent: Sent[] = [
      [1_000, 'one'],
      [2_000, 'two'],
    ];
    expect(play(draft, sent, 10_000)).toEqual([
      ...['10000 one', '10000 two', '10000 a=one\ntwo', '10000 completed'],
    ]);
  });
});
