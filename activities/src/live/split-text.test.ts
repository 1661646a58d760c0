import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitText } from './split-text.js';

describe('splitText', () => {
  it('keeps each piece small and whole, and loses nothing', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.integer({ min: 6, max: 60 }),
        (text, max) => {
          const pieces = splitText(text, max);
          expect(pieces.join('')).toBe(text);
          for (const piece of pieces) {
            expect(piece).not.toBe('');
            expect(piece.isWellFormed()).toBe(true);
            expect(Buffer.byteLength(JSON.stringify(piece))).toBeLessThanOrEqual(max + 2);
          }
        },
      ),
    );
  });
});
