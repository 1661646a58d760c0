import { describe, expect, it, vi } from 'vitest';
import { singleflight } from './singleflight.js';

describe('what is under way', () => {
  it('is got once for all who ask meanwhile, and for each key by itself', async () => {
    const share = singleflight<number>();
    const get = vi.fn(async () => 1);
    const got = await Promise.all([share('a', get), share('a', get), share('b', async () => 2)]);
    expect(got).toEqual([1, 1, 2]);
    expect(get).toHaveBeenCalledTimes(1);
  });

  it('is got anew when it is over, also where it failed for all', async () => {
    const share = singleflight<number>();
    const fail = () => Promise.reject<number>(new Error('away'));
    const ends = await Promise.allSettled([share('a', fail), share('a', async () => 1)]);
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await share('a', async () => 2)).toBe(2);
    expect(await share('a', async () => 3)).toBe(3);
  });
});
