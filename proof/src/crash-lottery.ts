import type { Flow, FlowTest, RunEvent, TestFailure } from '@crmflow/contracts';
import type { TurnLimit } from '@crmflow/workflows/core';
import type { Answered, PlayManner } from './play.js';
import { runTest, wasCut } from './run-test.js';

/** Numbers from 0 to 1, the same for the same seed. */
function lots(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state >>> 0) / 2 ** 32;
  };
}

/** Turns of any length, and new executions wherever one may begin: with nothing but the state as JSON. */
function unlucky(random: () => number): PlayManner {
  return {
    turnLimit: () => {
      const most = 1 + Math.floor(random() * 5);
      const isOver: TurnLimit = ({ cost }) => cost >= most * 200;
      return isOver;
    },
    between: (state) =>
      random() < 0.7 ? (JSON.parse(JSON.stringify(state)) as typeof state) : state,
  };
}

type Story = { events: RunEvent[]; isCut: boolean };

function storyOf(flow: Flow, test: FlowTest, manner: PlayManner): Story | undefined {
  const events: RunEvent[] = [];
  const running = runTest(flow, test, { manner, listen: (event) => events.push(event) });
  let next = running.next();
  for (; !next.done; next = running.next(next.value satisfies Answered)) {
    if ('live' in next.value) return undefined;
  }
  return { events, isCut: wasCut(next.value) };
}

/**
 * Runs a test again as if workers died all the time: its events have to be the same.
 * @param rounds how often
 * @returns the first event that differs; undefined where none does, or the test asks a live model
 */
export function crashLottery(flow: Flow, test: FlowTest, rounds = 5): TestFailure | undefined {
  const calm = storyOf(flow, test, {});
  if (!calm) return undefined;
  for (let round = 1; round <= rounds; round += 1) {
    const told = storyOf(flow, test, unlucky(lots(round)));
    if (!told) return undefined;
    const lengths = [calm.events.length, told.events.length];
    // Bounds end a run between two turns, and those are of any length here.
    const end = calm.isCut || told.isCut ? Math.min(...lengths) : Math.max(...lengths);
    for (let at = 0; at < end; at += 1) {
      const [expected, got] = [JSON.stringify(calm.events[at]), JSON.stringify(told.events[at])];
      if (expected === got) continue;
      const nodeId = (calm.events[at] ?? told.events[at])?.nodeId;
      const failure = { expected: expected ?? 'no further event', got: got ?? 'no further event' };
      return { ...failure, ...(nodeId !== undefined && { nodeId }) };
    }
  }
  return undefined;
}
