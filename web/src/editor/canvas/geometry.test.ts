import { expect, it } from 'vitest';
import { callPath } from './geometry.js';

const box = (x: number, y: number) => ({ id: '', x, y, width: 200, height: 100 });

it('a call leads from below to what is below, from above to what is above, beside from side to side', () => {
  const from = box(0, 0);
  expect(callPath(from, box(300, 300))).toBe('M 100 100 C 100 200 400 200 400 300');
  expect(callPath(from, box(300, -300))).toBe('M 100 0 C 100 -100 400 -100 400 -200');
  expect(callPath(from, box(300, 50))).toBe('M 200 84 C 250 84 250 100 300 100');
  expect(callPath(from, box(-300, 50))).toBe('M 100 100 C 100 148 -200 198 -200 150');
});
