import { describe, expect, it } from 'vitest';
import { encodeBusMessage } from './message.js';

const ended = (sessionId: string) => ({ kind: 'session-ended' as const, sessionIds: [sessionId] });

describe('encodeBusMessage', () => {
  it('refuses what PostgreSQL would not carry, counted in bytes', () => {
    expect(encodeBusMessage(ended('x'.repeat(7_800)))).toContain('session-ended');
    expect(() => encodeBusMessage(ended('ü'.repeat(3_950)))).toThrow(
      /session-ended .* has 79\d\d bytes/,
    );
  });
});
