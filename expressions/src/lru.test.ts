import { describe, expect, it } from 'vitest';
import { createCache } from './lru.js';

describe('createCache', () => {
  it('forgets what was not asked for the longest', () => {
    const cache = createCache<{ made: number }>(2);
    let made = 0;
    const ask = (key: string) => cache(key, () => ({ made: ++made })).made;
    expect([ask('a'), ask('b'), ask('a'), ask('c'), ask('a'), ask('b')]).toEqual([
      1, 2, 1, 3, 1, 4,
    ]);
  });

  it('remembers nothing that failed', () => {
    const cache = createCache<object>(2);
    const fail = () => {
      throw new Error('no');
    };
    expect(() => cache('a', fail)).toThrow('no');
    expect(cache('a', () => ({ ok: true }))).toEqual({ ok: true });
  });
});
