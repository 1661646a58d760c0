import { describe, expect, it } from 'vitest';
import { figuresAddress, paramsOf, readFiguresQuery } from './figures-query.js';

describe('which runs are counted', () => {
  it.each(['', '?days=7', '?version=draft', '?days=90&version=12'])(
    'stands in the address: %s',
    (search) => {
      const params = Object.fromEntries(new URLSearchParams(search));
      expect(figuresAddress('f', readFiguresQuery(params))).toBe(`/flows/f/analytics${search}`);
    },
  );

  it('leaves out what it does not know', () => {
    expect(readFiguresQuery({ days: '8', version: '-1' })).toEqual({ days: 30, version: '' });
  });

  it('is asked for from a point in time on', () => {
    const now = Date.parse('2026-01-31T12:00:00Z');
    expect(paramsOf({ days: 30, version: '2' }, now)).toEqual({
      ...{ from: '2026-01-01T12:00:00.000Z', version: '2' },
    });
  });
});
