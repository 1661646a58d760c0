import { describe, expect, it } from 'vitest';
import { analyticsAddress, paramsOf, readAnalyticsQuery } from './analytics-query.js';

describe('which runs are counted', () => {
  it.each(['', '?days=7', '?version=draft', '?days=90&version=12'])(
    'stands in the address: %s',
    (search) => {
      const params = Object.fromEntries(new URLSearchParams(search));
      expect(analyticsAddress('f', readAnalyticsQuery(params))).toBe(`/flows/f/analytics${search}`);
    },
  );

  it('leaves out what it does not know', () => {
    expect(readAnalyticsQuery({ days: '8', version: '-1' })).toEqual({ days: 30, version: '' });
  });

  it('is asked for from a point in time on', () => {
    const now = Date.parse('2026-01-31T12:00:00Z');
    expect(paramsOf({ days: 30, version: '2' }, now)).toEqual({
      ...{ from: '2026-01-01T12:00:00.000Z', version: '2' },
    });
  });
});
