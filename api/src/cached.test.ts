import { expect, it } from 'vitest';
import { cached } from './cached.js';

it('asks once within the time, and again after it', async () => {
  let asked = 0;
  let now = 0;
  const ask = cached(
    10,
    async () => ++asked,
    () => now,
  );
  expect(await Promise.all([ask(), ask()])).toEqual([1, 1]);
  now = 9;
  expect(await ask()).toBe(1);
  now = 10;
  expect(await ask()).toBe(2);
});

it('asks again at once after a failure', async () => {
  let asked = 0;
  const ask = cached(10, async () => {
    if (++asked === 1) throw new Error('away');
    return asked;
  });
  await expect(ask()).rejects.toThrow('away');
  expect(await ask()).toBe(2);
});
