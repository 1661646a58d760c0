import { expect, it } from 'vitest';
import type { LogEvent } from '../../chat/progress.js';
import { reachedNodes } from './reached-nodes.js';

it('names each node that was reached once, the newest first', () => {
  const events = [
    ['node.activated', 'start'],
    ['node.activated', 'ask'],
    ['node.activated', 'start'],
    ['paused', 'next'],
  ].map(([type, nodeId], index) => ({ seq: index + 1, type, nodeId }) as unknown as LogEvent);
  expect(reachedNodes(events)).toEqual(['start', 'ask']);
});
