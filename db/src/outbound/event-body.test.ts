import { limits } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { eventBody } from './event-body.js';

const at = new Date('2027-01-01T10:00:00.000Z');
const bodyOf = (data: Parameters<typeof eventBody>[0]['data']) =>
  eventBody({ type: 'message.created', at, data });

describe('the body of an event', () => {
  it('has type, timestamp and data', () => {
    expect(JSON.parse(bodyOf({ runId: 'r', text: 'Hallo' }))).toEqual({
      type: 'message.created',
      timestamp: '2027-01-01T10:00:00.000Z',
      data: { runId: 'r', text: 'Hallo' },
    });
  });

  it.each([
    ['a long text', { text: 'ä'.repeat(60_000) }],
    ['many texts', { texts: Array.from({ length: 300 }, () => 'x'.repeat(900)) }],
    ['many numbers', { output: Array.from({ length: 20_000 }, (_, n) => n) }],
    ['long names', { output: { ['n'.repeat(30_000)]: 1 } }],
    ['emoji where it is cut', { text: `a${'😀'.repeat(20_000)}` }],
  ])('is cut where it has %s, and says so', (_, more) => {
    const body = bodyOf({ runId: 'r', ...more });
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(limits.eventBytes);
    expect(body.isWellFormed()).toBe(true);
    expect(body).toContain('…');
    expect(JSON.parse(body)).toMatchObject({ data: { runId: 'r', truncated: true } });
  });
});
