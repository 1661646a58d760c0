import { describe, expect, it } from 'vitest';
import { begunAt, fitted, pinched } from './viewport.js';

describe('two fingers', () => {
  const start = { x: 40, y: 20, k: 1 };

  it('keep what is between them between them, as much larger as they part', () => {
    const after = pinched(
      start,
      [
        { x: 100, y: 100 },
        { x: 200, y: 100 },
      ],
      [
        { x: 50, y: 160 },
        { x: 250, y: 160 },
      ],
    );
    // (150, 100) of the frame was (110, 80) of the canvas, and is seen at (150, 160) now.
    expect(after).toEqual({ k: 2, x: 150 - 110 * 2, y: 160 - 80 * 2 });
  });

  it('pan where they stay as far apart', () => {
    const by = { x: 30, y: -12 };
    const fingers = [
      { x: 100, y: 100 },
      { x: 180, y: 160 },
    ] as const;
    const moved = [
      { x: 130, y: 88 },
      { x: 210, y: 148 },
    ] as const;
    expect(pinched(start, fingers, moved)).toEqual({ k: 1, x: start.x + by.x, y: start.y + by.y });
  });

  it('stay within the zoom, and at a place where they meet', () => {
    const at = { x: 10, y: 10 };
    expect(pinched(start, [at, { x: 20, y: 10 }], [at, { x: 900, y: 10 }]).k).toBe(2);
    expect(Number.isFinite(pinched(start, [at, at], [at, at]).x)).toBe(true);
  });
});

it('shows an empty flow at its own size', () => {
  expect(fitted([], { width: 200, height: 100 })).toEqual({ x: 100, y: 50, k: 1 });
});

describe('the beginning of a flow', () => {
  it('is on the left, and halfway down', () => {
    const box = { id: 'a', x: 100, y: 40, width: 200, height: 60 };
    const { x, y, k } = begunAt(box, { width: 1000, height: 600 }, 0.5);
    expect(box.x * k + x).toBe(48);
    expect((box.y + box.height / 2) * k + y).toBe(300);
  });

  it('is at the top of a flow that runs down, with room for what leads aside', () => {
    const box = { id: 'a', x: 100, y: 40, width: 300, height: 60 };
    const { x, y, k } = begunAt(box, { width: 900, height: 600 }, 0.5, 'down');
    expect(box.y * k + y).toBe(48);
    expect((box.x + box.width / 2) * k + x).toBe(300);
    expect(begunAt(box, { width: 200, height: 400 }, 0.5, 'down').x).toBe(24 - box.x * k);
  });
});
