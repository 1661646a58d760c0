import type { CurrentNode } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../errors/app-error.js';
import { continueAt, executeAt, type ResolveCommand, skipAt } from './resolve-command.js';
import type { RunPosition } from './position.js';

const at = (state: CurrentNode['state'], more: Partial<RunPosition> = {}): RunPosition => ({
  status: 'running',
  mode: 'step',
  stepping: true,
  node: { nodeId: 'a', visit: 2, state },
  ...more,
});
const auto = { mode: 'auto', stepping: false } as const;
const onItsWay: RunPosition = { status: 'running', mode: 'step', stepping: true };

function answer(resolve: ResolveCommand, position: RunPosition): unknown {
  try {
    return resolve(position);
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

const a2 = { nodeId: 'a', visit: 2 };

describe.each([
  ['execute', executeAt],
  ['skip', skipAt],
  ['continue', continueAt],
] as const)('%s at a pause', (kind, command) => {
  it.each([
    ['the node', { nodeId: 'a' }, { kind, ...a2 }],
    ['the node and its visit', a2, { kind, ...a2 }],
    ['another visit', { nodeId: 'a', visit: 1 }, 'not_paused_there'],
    ['another node', { nodeId: 'b' }, 'not_paused_there'],
  ])('about %s', (_, place, expected) => {
    expect(answer(command(place), at('paused'))).toEqual(expected);
    expect(answer(command(place), at('paused', auto))).toEqual(expected);
  });
});

describe('where the run is not paused', () => {
  it.each([
    ['execute, called', executeAt({ nodeId: 'a' }), at('active'), 'not_paused'],
    ['execute, waiting', executeAt({ nodeId: 'a' }), at('waiting'), 'not_paused'],
    ['execute, on its way', executeAt({ nodeId: 'a' }), onItsWay, 'not_paused'],
    ['execute, auto', executeAt({ nodeId: 'a' }), at('active', auto), 'not_step_mode'],
    ['skip, called', skipAt({ nodeId: 'a' }), at('active'), 'not_paused'],
    ['skip, waiting', skipAt({ nodeId: 'a' }), at('waiting'), { kind: 'skip', ...a2 }],
    ['skip, sleeping', skipAt(a2), at('sleeping'), { kind: 'skip', ...a2 }],
    ['skip, running on', skipAt(a2), at('waiting', { stepping: false }), { kind: 'skip', ...a2 }],
    ['skip, waiting elsewhere', skipAt({ nodeId: 'b' }), at('waiting'), 'not_paused'],
    ['skip, waiting, auto', skipAt({ nodeId: 'a' }), at('waiting', auto), 'not_step_mode'],
    ['continue, waiting', continueAt({}), at('waiting'), { kind: 'continue' }],
    ['continue from there, waiting', continueAt(a2), at('waiting'), 'not_paused'],
    ['continue, running on', continueAt({}), at('active', { stepping: false }), 'not_paused'],
    ['continue, auto', continueAt({}), at('active', auto), 'not_step_mode'],
  ])('%s', (_, decide, position, expected) => {
    expect(answer(decide, position)).toEqual(expected);
  });
});

it('names where the run is paused', () => {
  expect(() => executeAt({ nodeId: 'b', visit: 1 })(at('paused'))).toThrow(
    'The run is paused before "a" (visit 2), not before "b" (visit 1).',
  );
});
