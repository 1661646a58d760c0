import { describe, expect, it } from 'vitest';
import { pendingCallsOf } from './pending-calls.js';

type Described = Parameters<typeof pendingCallsOf>[0];

const pending = (activityId: string, attempt = 2): Described => ({
  pendingActivities: [{ activityId, attempt }],
});

describe('pendingCallsOf', () => {
  it.each([
    ['ask:1', 'ask', 1],
    ['ask:12#3', 'ask', 12],
    ['a:1:2', 'a:1', 2],
    ['a:1#2:3', 'a:1#2', 3],
  ])('knows whose call %s is', (id, nodeId, visit) => {
    expect(pendingCallsOf(pending(id))).toEqual([{ nodeId, visit, attempt: 2 }]);
  });

  it('leaves out first attempts, and what is no call of a node', () => {
    expect(pendingCallsOf(pending('ask:1', 1))).toEqual([]);
    expect(pendingCallsOf(pending('7'))).toEqual([]);
  });
});
