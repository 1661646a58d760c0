import { describe, expect, it } from 'vitest';
import { pendingCallsOf } from './pending-calls.js';

type Described = Parameters<typeof pendingCallsOf>[0];

const pending = (
  activityId: string,
  more: NonNullable<Described['pendingActivities']>[number] = { attempt: 2 },
): Described => ({ pendingActivities: [{ activityId, ...more }] });

// As protobuf gives it: a Long, of which only the number counts.
const second = { seconds: 1 as never, nanos: 0 };

describe('pendingCallsOf', () => {
  it.each([
    ['ask:1', 'ask', 1],
    ['ask:12#3', 'ask', 12],
    ['a:1:2', 'a:1', 2],
    ['a:1#2:3', 'a:1#2', 3],
  ])('knows whose call %s is', (id, nodeId, visit) => {
    expect(pendingCallsOf(pending(id))).toEqual([{ nodeId, visit, attempt: 2 }]);
  });

  it('leaves out what is not a call of a node', () => {
    expect(pendingCallsOf(pending('7'))).toEqual([]);
  });

  it('says since when an attempt waits, and when the next one starts', () => {
    const started = { attempt: 1, state: 2, lastStartedTime: second };
    const at = '1970-01-01T00:00:01.000Z';
    expect(pendingCallsOf(pending('ask:1', started))).toEqual([
      { nodeId: 'ask', visit: 1, attemptStartedAt: at },
    ]);
    const failed = {
      attempt: 3,
      state: 1,
      lastStartedTime: second,
      lastFailure: { message: 'no' },
    };
    expect(
      pendingCallsOf(pending('ask:1', { ...failed, nextAttemptScheduleTime: second })),
    ).toEqual([{ nodeId: 'ask', visit: 1, attempt: 3, lastError: 'no', nextRetryAt: at }]);
  });
});
