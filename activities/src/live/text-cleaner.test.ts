import { storable } from '@crmflow/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTextCleaner } from './text-cleaner.js';

describe('createTextCleaner', () => {
  it('gives out, over any cuts, what storable makes of the whole', () => {
    const unit = fc.constantFrom('a', '\0', '\ud83d', '\ude00', '😀', 'é');
    const piece = fc.array(unit).map((units) => units.join(''));
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const cleaner = createTextCleaner();
        const out = [...pieces.map((one) => cleaner.push(one)), cleaner.end()];
        expect(out.every((one) => one.isWellFormed())).toBe(true);
        const whole = pieces.join('').replaceAll('\0', '');
        expect(out.join('')).toBe(storable(whole));
      }),
    );
  });
});
