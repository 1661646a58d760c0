import type { FlowResource } from '@crmflow/contracts';
import { expect, it } from 'vitest';
import { ApiError } from '../../api/api-error.js';
import { reduceSaving, type SaveEvent, type SaveState } from './save-state.js';

const start: SaveState = { kind: 'saved', revision: 1, failures: 0 };
const after = (...events: SaveEvent[]) => events.reduce(reduceSaving, start);
const theirs = { revision: 9 } as FlowResource;
const offline = new ApiError('unreachable', 'no answer');

it('is saved only where nothing was edited since it was sent', () => {
  expect(after({ type: 'edited' }, { type: 'sent' }, { type: 'stored', revision: 2 })).toEqual({
    kind: 'saved',
    revision: 2,
    failures: 0,
  });
  const edited = after({ type: 'sent' }, { type: 'edited' }, { type: 'stored', revision: 2 });
  expect(edited).toMatchObject({ kind: 'dirty', revision: 2 });
});

it('counts failures in a row, so that each pause can be longer', () => {
  const failed: SaveEvent[] = [{ type: 'sent' }, { type: 'failed', error: offline, isKept: true }];
  expect(after(...failed, ...failed)).toMatchObject({ kind: 'offline', failures: 2, revision: 1 });
  expect(after(...failed, { type: 'stored', revision: 2 }).failures).toBe(0);
});

it('leaves a conflict only by a choice, which decides what the next save is based on', () => {
  const conflict = after({ type: 'sent' }, { type: 'overtaken', theirs });
  expect(reduceSaving(conflict, { type: 'edited' })).toBe(conflict);
  expect(reduceSaving(conflict, { type: 'keptMine' })).toMatchObject({
    kind: 'dirty',
    revision: 9,
  });
  expect(reduceSaving(conflict, { type: 'tookTheirs' })).toMatchObject({
    kind: 'saved',
    revision: 9,
  });
});

it('does not choose where there is no conflict', () => {
  expect([after({ type: 'keptMine' }), after({ type: 'tookTheirs' })]).toEqual([start, start]);
});
