import type { CurrentNode } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../errors/app-error.js';
import { type Decide, execute, runOn, skip } from './decide.js';
import type { Standing } from './standing.js';

const at = (state: CurrentNode['state'], more: Partial<Standing> = {}): Standing => ({
  status: 'running',
  mode: 'step',
  stepping: true,
  node: { nodeId: 'a', visit: 2, state },
  ...more,
});
const auto = { mode: 'auto', stepping: false } as const;
const onItsWay: Standing = { status: 'running', mode: 'step', stepping: true };

function answer(decide: Decide, standing: Standing): unknown {
  try {
    return decide(standing);
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

const a2 = { nodeId: 'a', visit: 2 };

describe.each([
  ['execute', execute],
  ['skip', skip],
  ['continue', runOn],
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
    ['execute, called', execute({ nodeId: 'a' }), at('active'), 'not_paused'],
    ['execute, waiting', execute({ nodeId: 'a' }), at('waiting'), 'not_paused'],
    ['execute, on its way', execute({ nodeId: 'a' }), onItsWay, 'not_paused'],
    ['execute, auto', execute({ nodeId: 'a' }), at('active', auto), 'not_step_mode'],
    ['skip, called', skip({ nodeId: 'a' }), at('active'), 'not_paused'],
    ['skip, waiting', skip({ nodeId: 'a' }), at('waiting'), { kind: 'skip', ...a2 }],
    ['skip, sleeping', skip(a2), at('sleeping'), { kind: 'skip', ...a2 }],
    ['skip, running on', skip(a2), at('waiting', { stepping: false }), { kind: 'skip', ...a2 }],
    ['skip, waiting elsewhere', skip({ nodeId: 'b' }), at('waiting'), 'not_paused'],
    ['skip, waiting, auto', skip({ nodeId: 'a' }), at('waiting', auto), 'not_step_mode'],
    ['continue, waiting', runOn({}), at('waiting'), { kind: 'continue' }],
    ['continue from there, waiting', runOn(a2), at('waiting'), 'not_paused'],
    ['continue, running on', runOn({}), at('active', { stepping: false }), 'not_paused'],
    ['continue, auto', runOn({}), at('active', auto), 'not_step_mode'],
  ])('%s', (_, decide, standing, expected) => {
    expect(answer(decide, standing)).toEqual(expected);
  });
});

it('names where the run is paused', () => {
  expect(() => execute({ nodeId: 'b', visit: 1 })(at('paused'))).toThrow(
    'The run is paused before "a" (visit 2), not before "b" (visit 1).',
  );
});
