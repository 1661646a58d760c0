import { expect, it } from 'vitest';
import type { LogEvent } from '../../chat/progress.js';
import type { VisitEntry } from './entry.js';
import { entriesOf } from './entries-of.js';
import { filterEntries } from './filter-entries.js';

const start = Date.parse('2026-01-01T00:00:00.000Z');

type LoggedEvent = { type: LogEvent['type']; nodeId?: string; visit?: number; data?: object };

/** Events a second apart. */
const log = (...events: LoggedEvent[]): LogEvent[] =>
  events.map(
    (one, index) =>
      ({
        seq: index + 1,
        at: new Date(start + index * 1000).toISOString(),
        data: {},
        visit: 1,
        ...one,
      }) as unknown as LogEvent,
  );
const activated = (nodeId: string, visit = 1): LoggedEvent => ({
  type: 'node.activated',
  nodeId,
  visit,
  data: { label: nodeId.toUpperCase(), type: 'ai' },
});
const completed = (nodeId: string, visit = 1, data: object = {}): LoggedEvent => ({
  type: 'node.completed',
  nodeId,
  visit,
  data: { handle: 'out', durationMs: 40, ...data },
});
const finished = (status: string): LoggedEvent => ({ type: 'run.finished', data: { status } });
const visitsOf = (events: LogEvent[]) =>
  entriesOf(events).filter((entry): entry is VisitEntry => entry.kind === 'visit');

it('puts all that a visit did into one line, the newest first', () => {
  const usage = { inputTokens: 3, outputTokens: 4 };
  const [second, first] = visitsOf(
    log(
      { type: 'run.started', data: {} },
      activated('a'),
      { type: 'ai.completed', nodeId: 'a', data: { text: 'Hi', usage } },
      { type: 'message', nodeId: 'a', data: { id: 'a:1:1', role: 'ai', text: 'Hi' } },
      { type: 'variable.set', nodeId: 'a', data: { name: 'x', value: 1 } },
      completed('a'),
      activated('a', 2),
    ),
  );
  expect(first).toMatchObject({
    nodeId: 'a',
    visit: 1,
    state: 'done',
    label: 'A',
    durationMs: 40,
    handle: 'out',
    usage,
    messages: [{ role: 'ai', text: 'Hi' }],
    variables: [{ name: 'x', value: 1 }],
  });
  expect(second).toMatchObject({ visit: 2, state: 'active' });
});

it('keeps a failure that left by the error handle, and says how long it took', () => {
  const [entry] = visitsOf(
    log(
      activated('a'),
      { type: 'node.failed', nodeId: 'a', data: { code: 'http_status', message: '500' } },
      completed('a', 1, { handle: 'error' }),
    ),
  );
  expect(entry).toMatchObject({ state: 'failed', handle: 'error', error: { message: '500' } });
});

it('ends what was open with the run, and begins anew where a retry keeps the visit', () => {
  const entries = visitsOf(
    log(
      activated('a'),
      { type: 'waiting', nodeId: 'a', data: { label: 'A', expect: 'any' } },
      finished('cancelled'),
    ),
  );
  expect(entries).toMatchObject([{ state: 'stopped', durationMs: 2000 }]);
  const again = visitsOf(
    log(
      activated('a'),
      { type: 'node.failed', nodeId: 'a', data: { code: 'x', message: 'no' } },
      finished('failed'),
      { type: 'run.started', data: { resumed: { by: 'retry', nodeId: 'a' } } },
      activated('a'),
      completed('a'),
    ),
  );
  expect(again).toMatchObject([{ state: 'done' }, { state: 'failed' }]);
});

it('shows visits whose beginning is not loaded', () => {
  const [entry] = visitsOf(log(completed('a')));
  expect(entry).toMatchObject({ nodeId: 'a', state: 'done', durationMs: 40 });
  expect(entry).not.toHaveProperty('startedAt');
});

it('shows one node only, one kind only, or what failed only', () => {
  const entries = entriesOf(
    log(
      activated('a'),
      { type: 'node.failed', nodeId: 'a', data: { code: 'x', message: 'no' } },
      completed('b'),
      finished('completed'),
    ),
  );
  const typeOf = () => 'speak' as const;
  const shown = (filter: Parameters<typeof filterEntries>[1]) =>
    filterEntries(entries, filter, typeOf).map((entry) =>
      entry.kind === 'visit' ? entry.nodeId : 'run',
    );
  expect(shown({})).toEqual(['run', 'b', 'a']);
  expect(shown({ nodeId: 'b' })).toEqual(['b']);
  expect(shown({ only: 'failed' })).toEqual(['a']);
  expect(shown({ only: 'ai' })).toEqual(['a']);
  expect(shown({ only: 'speak' })).toEqual(['b']);
});
