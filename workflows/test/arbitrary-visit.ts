import { type HandBackWay, handBackWays, type RunMode } from '@crmflow/contracts';
import fc from 'fast-check';
import type { Burst } from '../src/run-input.js';
import type { Arrival, Person, RunState } from '../src/core/index.js';
import type { Moment, Task } from './simulate.js';

const texts = ['yes', 'no', '42', 'a@b.example', '2027-01-31', 'ÄÖ 🙂'] as const;
const commands = ['execute', 'skip', 'continue'] as const;

/** Where a command is about: what its sender sees, or a place where the run may have been. */
type Aim = 'here' | 'elsewhere' | 'anywhere';

type What =
  | { kind: 'message'; text: string }
  | { kind: 'silence' | 'call ended' | 'cancel' }
  | { kind: (typeof commands)[number]; aim: Aim }
  | { kind: 'callback'; nodeId: string; ahead: number }
  | { kind: 'pausePoints'; nodeIds: string[] }
  | { kind: 'takeOver'; by: Person }
  | { kind: 'say'; by: Person }
  | { kind: 'handBack'; by: Person; how: HandBackWay; nodeId: string; note?: string };

/** One thing that happens, this long after the one before. */
export type Brought = { afterMs: number; what: What };

/** How a run is started. */
export type Way = {
  mode?: RunMode | undefined;
  pausePoints?: string[] | undefined;
  burst?: Burst | undefined;
};

const pausePoints = fc.uniqueArray(fc.constantFrom('n0', 'n1', 'n2', 'n3', 'n4'), { maxLength: 3 });

/** Some end between the messages of a visit, some at the very instant of one. */
const burst = fc.record({
  quietMs: fc.constantFrom(2, 500, 501, 20_000, 30_000),
  maxMs: fc.constantFrom(30_000, 70_000, 120_000),
});

/** In any mode, with any pause points, with and without bursts. */
export const arbitraryWay: fc.Arbitrary<Way> = fc.record(
  { mode: fc.constantFrom<RunMode>('auto', 'step'), pausePoints, burst },
  { requiredKeys: [] },
);

/** For the visit that a node is at or had last, or one of those to come. */
const callback = fc.record({
  kind: fc.constant('callback' as const),
  nodeId: fc.constantFrom('n1', 'n2', 'n3', 'n4'),
  ahead: fc.constantFrom(0, 0, 1, 2),
});

const message = fc.constantFrom(...texts).map((text): What => ({ kind: 'message', text }));

const command = fc
  .record({
    kind: fc.constantFrom(...commands),
    aim: fc.constantFrom<Aim>('here', 'here', 'here', 'here', 'elsewhere', 'anywhere'),
  })
  .map((one): What => one);

const by = fc.constantFrom(
  ...['Ana', 'Ben', ''].map((name): Person => ({ userId: `user ${name}`, name })),
);

const person: fc.Arbitrary<What> = fc.oneof(
  { weight: 3, arbitrary: by.map((one): What => ({ kind: 'takeOver', by: one })) },
  { weight: 3, arbitrary: by.map((one): What => ({ kind: 'say', by: one })) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('handBack' as const),
      by,
      how: fc.constantFrom(...handBackWays),
      nodeId: fc.constantFrom('n0', 'n1', 'n2', 'n3', 'nowhere'),
      note: fc.constantFrom('', 'She is a good customer.'),
    }),
  },
);

/** Whether something is done by a person of the team. */
export const isByPerson = ({ what }: Brought): boolean => 'by' in what;

/**
 * What a visitor, the team, the run's owner, the outside and time bring: replies, commands, calls of
 * addresses, silence, the end of a pending call and, seldom, a cancel. Stamps ascend: which of two at the same millisecond
 * came first is nowhere written down.
 */
export const arbitraryVisit: fc.Arbitrary<Brought[]> = fc.array(
  fc.record({
    afterMs: fc.constantFrom(1, 2, 500, 20_000, 70_000),
    what: fc.oneof(
      { weight: 6, arbitrary: message },
      { weight: 8, arbitrary: command },
      { weight: 6, arbitrary: callback },
      {
        weight: 2,
        arbitrary: pausePoints.map((nodeIds): What => ({ kind: 'pausePoints', nodeIds })),
      },
      { weight: 2, arbitrary: fc.constant<What>({ kind: 'silence' }) },
      { weight: 5, arbitrary: fc.constant<What>({ kind: 'call ended' }) },
      { weight: 6, arbitrary: person },
      { weight: 1, arbitrary: fc.constant<What>({ kind: 'cancel' }) },
    ),
  }),
  { maxLength: 24 },
);

function placeOf({ position }: RunState, aim: Aim): { nodeId: string; visit: number } | undefined {
  if (aim === 'anywhere') return undefined;
  const at = 'visit' in position ? position : { nodeId: 'n1', visit: 1 };
  return { nodeId: at.nodeId, visit: aim === 'here' ? at.visit : at.visit + 1 };
}

function arrivalsOf(what: What, state: RunState, id: string, at: number): Arrival[] {
  switch (what.kind) {
    case 'silence':
    case 'call ended':
      return [];
    case 'message':
      return [{ ...what, messageId: id, at }];
    case 'callback': {
      const { nodeId, ahead } = what;
      const visit = Math.max((state.visits[nodeId] ?? 0) + ahead, 1);
      return [{ kind: 'callback', nodeId, visit, value: { of: id }, at }];
    }
    case 'say':
      return [{ ...what, messageId: id, text: `text of ${id}`, at }];
    case 'takeOver':
    case 'handBack':
      return [{ ...what, id, at }];
    case 'cancel':
      return [{ kind: 'cancel', at }];
    case 'pausePoints':
      return [{ ...what, at }];
    case 'continue':
      return [{ kind: what.kind, ...placeOf(state, what.aim), at }];
    default: {
      const place = placeOf(state, what.aim) ?? { nodeId: 'n2', visit: 1 };
      return [{ kind: what.kind, ...place, at }];
    }
  }
}

/**
 * One task for each arrival, as when a worker is quick. Whether a call that is cancelled ends well
 * before it notices depends on how soon it was asked, so here none does.
 */
export function oneByOne(brought: readonly Brought[], startedAt: number): Moment[] {
  let now = startedAt;
  let cancelled = false;
  return brought.map(({ afterMs, what }, i) => {
    const at = (now += afterMs);
    cancelled ||= what.kind === 'cancel';
    const ended = what.kind === 'call ended' && !cancelled;
    return (state): Task => ({
      now: at,
      arrivals: arrivalsOf(what, state, `m${i}`, at),
      ...(ended && { callEndedAt: at }),
    });
  });
}

/**
 * The same inputs in fewer tasks, as when no worker was up for a while. A call starts when a task
 * is over, so no task ends a call that it started, and a take-over or a cancel in the same task keeps
 * it from starting at all.
 */
export function batched(
  tasks: readonly Task[],
  cuts: readonly boolean[],
  startedIn: ReadonlyMap<number, number>,
): Task[] {
  const batches: Task[] = [];
  let first = 0;
  for (const [i, task] of tasks.entries()) {
    const last = batches.at(-1);
    if (!last || cuts[i % cuts.length] || (startedIn.get(i) ?? -1) >= first) {
      batches.push(task);
      first = i;
      continue;
    }
    batches[batches.length - 1] = {
      now: task.now,
      arrivals: [...last.arrivals, ...task.arrivals],
      callEndedAt: startedIn.has(i) ? task.callEndedAt : last.callEndedAt,
    };
  }
  return batches;
}
