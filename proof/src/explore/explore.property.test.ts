import { type Flow, flowSchema, type TestStep } from '@crmflow/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryFlow } from '../../../workflows/test/arbitrary-flow.js';
import { Actor, StepImpossible } from '../actor.js';
import { attempts } from '../answer-call.js';
import { createReached, partsOf } from '../coverage.js';
import { Play, PlayTooLong } from '../play.js';
import { programOf, startOf } from '../start-of.js';
import { explore } from './explore.js';

/** A visitor without a plan, and services that do as they please. */
function randomWalk(flow: Flow, random: () => number, reached: ReturnType<typeof createReached>) {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const { program, state } = programOf(flow, startOf({ id: 'walk', start: {} }));
  const bounds = { visits: 5_000, logSize: 40_000_000, until: performance.now() + 20_000 };
  const play = new Play(program, state, bounds, (event) => reached.see(event));
  const actor = new Actor(play);
  const texts = [
    'yes',
    'no',
    'hello',
    '3',
    '2030-02-03',
    'ada@example.com',
    '+44 20 7946 0018',
    'abc',
    '???',
  ];
  const answers = [
    ...[{ return: 'yes' }, { return: 3 }, { return: {} }, { error: 'http_failed' }],
    { calls: [{ name: 'finish_conversation', args: { a: 'yes', summary: 'x' } }] },
    { calls: [{ name: 'look', args: { a: 'yes' } }] },
    { calls: [{ name: 'search_knowledge', args: { query: 'q' } }] },
  ];
  const steps = (): TestStep =>
    pick<() => TestStep>([
      ...Array.from({ length: 3 }, () => () => ({ user: pick(texts) })),
      () => ({ after: pick(['PT1S', 'PT1M', 'P15D']) }),
      () => ({ operator: { takeOver: true as const } }),
      () => ({ operator: { handBack: 'reask' as const } }),
    ])();
  const drive = (running: Generator<unknown, void, ReturnType<typeof attempts>>) => {
    let next = running.next();
    for (let calls = 0; !next.done && calls < 50; calls += 1) {
      const { position, clock } = play.state;
      if (position.kind !== 'call') throw new Error('no call');
      const isModel = position.call.activity === 'generate';
      const answer = pick(isModel ? answers : answers.slice(0, 4));
      next = running.next(attempts(position.call, clock, () => answer));
    }
    return next.done === true;
  };
  try {
    if (!drive(play.begin(() => null))) return;
    for (let step = 0; step < 60 && !play.hasEnded; step += 1) {
      if (!drive(actor.take(steps(), () => null))) return;
    }
  } catch (error) {
    if (!(error instanceof StepImpossible || error instanceof PlayTooLong)) throw error;
  }
}

describe('the explorer on any flow', () => {
  it('comes to an end, and misses no handle that random walks reach', () => {
    fc.assert(
      fc.property(arbitraryFlow, fc.integer(), (draft, seed) => {
        const flow = flowSchema.parse(draft);
        const reached = createReached();
        let state = seed;
        const random = () => {
          state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
          return (state >>> 0) / 2 ** 32;
        };
        for (let walk = 0; walk < 12; walk += 1) randomWalk(flow, random, reached);
        const { coverage } = explore(flow, { states: 1_000, ms: 20_000 });
        const walked = partsOf(flow).handles.filter((handle) => reached.has(handle));
        expect(coverage.handles.covered).toEqual(expect.arrayContaining(walked));
      }),
      { numRuns: 200 },
    );
  }, 600_000);
});
