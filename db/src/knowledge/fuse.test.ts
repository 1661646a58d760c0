import { expect, it } from 'vitest';
import { fuse, type Ranked } from './fuse.js';
import { cosine, decodeVector, encodeVector } from './vector.js';

const ranking = (...keys: string[]) => keys.map((key, index) => ({ key, score: 9 - index }));
const equally = (...rankings: Ranked[][]) =>
  fuse(rankings.map((one) => ({ ranking: one, weight: 1 })));
const keys = (ranked: { key: string }[]) => ranked.map(({ key }) => key);

it('leaves one ranking as it is', () => {
  expect(equally(ranking('a', 'b'))).toEqual(ranking('a', 'b'));
});

it('puts first what stands high in several', () => {
  expect(keys(equally(ranking('a', 'b', 'c'), ranking('d', 'b', 'e')))[0]).toBe('b');
  expect(equally(ranking('a', 'b'), ranking('a'))[0]).toEqual({ key: 'a', score: 1 });
});

it('is not moved by a ranking that found nothing', () => {
  expect(keys(equally(ranking('a', 'b'), []))).toEqual(['a', 'b']);
  expect(equally()).toEqual([]);
});

it('follows the ranking that counts more', () => {
  const both = (weight: number) =>
    keys(
      fuse([
        { ranking: ranking('a', 'b'), weight },
        { ranking: ranking('c', 'd'), weight: 1 },
      ]),
    );
  expect(both(1)).toEqual(['a', 'c', 'b', 'd']);
  expect(both(0.5)).toEqual(['c', 'd', 'a', 'b']);
  expect(both(0)).toEqual(['c', 'd']);
});

it('stores vectors by their direction', () => {
  const stored = decodeVector(encodeVector([3, 4]));
  expect([...stored].map((value) => value.toFixed(3))).toEqual(['0.600', '0.800']);
  expect(cosine(stored, decodeVector(encodeVector([6, 8])))).toBeCloseTo(1);
  expect(cosine(stored, decodeVector(encodeVector([-4, 3])))).toBeCloseTo(0);
  expect(cosine(stored, decodeVector(encodeVector([1])))).toBe(0);
  expect([...decodeVector(encodeVector([0, 0]))]).toEqual([0, 0]);
});
