import { expect, it } from 'vitest';
import type { LogEvent } from '../../chat/progress.js';
import { outletName, overlayOf } from './run-overlay.js';

const at = '2026-01-01T00:00:00.000Z';
let seq = 0;
const event = (type: LogEvent['type'], nodeId: string | undefined, data: object): LogEvent =>
  ({ seq: (seq += 1), at, type, nodeId, visit: 1, data }) as unknown as LogEvent;
const activated = (nodeId: string) =>
  event('node.activated', nodeId, { label: nodeId, type: 'speak' });

it('marks where the run is, where it was, and which wires it took', () => {
  const { nodes, taken } = overlayOf([
    activated('start'),
    event('node.completed', 'start', { handle: 'out', durationMs: 1 }),
    activated('ask'),
    event('waiting', 'ask', { label: 'ask', expect: 'any' }),
  ]);
  expect(nodes.get('start')?.state).toBe('done');
  expect(nodes.get('ask')?.state).toBe('waiting');
  expect([...taken]).toEqual([outletName('start', 'out')]);
});

it('keeps a failure marked that went on by the error handle', () => {
  const { nodes, taken } = overlayOf([
    activated('call'),
    event('node.failed', 'call', { code: 'http_status', message: 'answered 500' }),
    event('node.completed', 'call', { handle: 'error', durationMs: 1 }),
    event('run.finished', undefined, { status: 'completed' }),
  ]);
  expect(nodes.get('call')).toEqual({ state: 'failed', visits: 0 + 1, error: 'answered 500' });
  expect(taken.has(outletName('call', 'error'))).toBe(true);
});
