import { describe, expect, it } from 'vitest';
import { scaleOf, toLarge, toSmall } from './scale.js';

const frame = { width: 180, height: 120 };
const box = (x: number, y: number) => ({ id: `${x}`, x, y, width: 200, height: 100 });

describe('the small picture of a canvas', () => {
  it('holds every box', () => {
    const scale = scaleOf([box(-500, 0), box(4000, 900), box(100, -300)], frame);
    const corner = toSmall(scale, { x: -500, y: -300 });
    const opposite = toSmall(scale, { x: 4200, y: 1000 });
    for (const { x, y } of [corner, opposite]) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x).toBeLessThanOrEqual(frame.width);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y).toBeLessThanOrEqual(frame.height);
    }
  });

  it('leads back to where a point is', () => {
    const scale = scaleOf([box(0, 0), box(900, 700)], frame);
    const there = toLarge(scale, toSmall(scale, { x: 321, y: 123 }));
    expect(there.x).toBeCloseTo(321);
    expect(there.y).toBeCloseTo(123);
  });

  it('shows few boxes no larger than need be', () => {
    expect(scaleOf([box(0, 0)], frame).by).toBe(0.12);
    expect(scaleOf([], frame).by).toBeGreaterThan(0);
  });
});
