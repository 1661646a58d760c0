import type { MockedAnswer, RunEvent, TestStart, TestStep } from '@crmflow/contracts';
import type { Program, RunState } from '@crmflow/workflows/core';
import type { Samples } from './samples.js';
import type { MockKey, Move } from './moves.js';

/** A place where a run rests, and how it got there. */
export type Spot = {
  program: Program;
  state: RunState;
  /** Epoch milliseconds. */
  now: number;
  arrivals: number;
  /** Counts those that are different from all before. */
  number: number;
  /** Where it came from; its first spot has none. */
  from?: Spot;
  move?: Move;
  start: TestStart;
  /** When it goes on by itself. */
  due: number | undefined;
  /** Whether the customer has said something that nothing was said to. */
  isUnanswered: boolean;
  /** The last way out of a node. */
  left?: { nodeId: string; handle: string };
};

/** What leads to a spot, as a test has it. */
export type Inputs = {
  start: TestStart;
  steps: TestStep[];
  mocks: (MockKey & { sequence: MockedAnswer[] })[];
};

/** What leads to a spot. */
export function inputsOf(spot: Spot): Inputs {
  const moves: Move[] = [];
  for (let at: Spot | undefined = spot; at?.move; at = at.from) moves.unshift(at.move);
  const steps: TestStep[] = [];
  const mocks = new Map<string, Inputs['mocks'][number]>();
  for (const move of moves) {
    if (move.kind === 'steps') {
      steps.push(...move.steps);
      continue;
    }
    const key = JSON.stringify(move.key);
    const mock = mocks.get(key) ?? { ...move.key, sequence: [] };
    mock.sequence.push(move.answer);
    mocks.set(key, mock);
  }
  return {
    start: spot.start,
    steps: steps.slice(0, 200),
    mocks: [...mocks.values()].slice(0, 100),
  };
}

/** Where a run rests, without what it knows and when it is. */
export function placeOf({ state: { position, held, fault } }: Pick<Spot, 'state'>): string {
  const who = [held !== undefined, fault?.code];
  switch (position.kind) {
    case 'reply': {
      const { nodeId, retriesLeft, reminders, talk } = position;
      const talked = talk && [talk.replies, talk.exchanges.length];
      return JSON.stringify([position.kind, nodeId, retriesLeft, reminders.length, talked, who]);
    }
    case 'call': {
      const { nodeId, call, talk } = position;
      const todo = talk?.todo.map(({ name }) => name);
      const talked = talk && [talk.exchanges.length, todo, talk.failed?.code, talk.replies];
      return JSON.stringify([position.kind, nodeId, call.activity, talked, who]);
    }
    case 'sleep':
    case 'handoff':
    case 'held':
    case 'paused':
      return JSON.stringify([position.kind, position.nodeId, who]);
    case 'ended':
      return JSON.stringify([position.kind, position.status, position.error?.code]);
    default:
      return position.kind;
  }
}

/** Two spots with the same key go on in the same ways. */
export function keyOf(spot: Spot, samples: Samples): string {
  const { variables, contact, transcript } = spot.state;
  const heard = samples.readsMessages && [
    transcript.length,
    [...new Set(transcript.flatMap(({ role, text }) => (role === 'user' ? [text] : [])))].sort(),
  ];
  const input = samples.reads('input') && spot.program.input;
  const known = samples.reads('contact') && [contact ?? spot.program.contact];
  const names = Object.keys(variables).sort();
  const values = names.map((name) => [name, variables[name]]);
  return JSON.stringify([placeOf(spot), values, spot.isUnanswered, heard, input, known]);
}

/** What events change of what a spot knows. */
export function follow(spot: Spot, event: RunEvent): void {
  if (event.type === 'message') spot.isUnanswered = event.data.role === 'user';
  if (event.type === 'node.completed' && event.nodeId !== undefined) {
    spot.left = { nodeId: event.nodeId, handle: event.data.handle };
  }
}
