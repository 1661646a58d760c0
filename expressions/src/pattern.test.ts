import { describe, expect, it } from 'vitest';
import { createBudget } from './cel/budget.js';
import { engineLimits } from './limits.js';
import { chargeMatch, compilePattern, matchesPattern } from './pattern.js';
import { unfoldedSize } from './pattern-size.js';

function fault(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('matchesPattern', () => {
  it.each([
    ['[A-Z]{2}-\\d{4}', 'AB-1234', true],
    ['[A-Z]{2}-\\d{4}', 'xAB-1234', false],
    ['[A-Z]{2}-\\d{4}', 'AB-12345', false],
    ['yes|no', 'no', true],
    ['yes|no', 'nope', false],
    ['(?i)yes', 'YES', true],
    ['\\p{L}+', 'Grüße', true],
    ['.', '👍', true],
    ['.*', 'two\nlines', false],
  ])('%s on %j: %s', (pattern, text, expected) => {
    expect(matchesPattern(pattern, text)).toBe(expected);
  });

  it.each(['(', '[a', '(?=a)', '(a)\\1', 'a{2000}'])('refuses %s', (pattern) => {
    expect(fault(() => matchesPattern(pattern, 'a'))).toMatchObject({ code: 'pattern_invalid' });
  });

  it('refuses patterns that are too long or unfold to too much', () => {
    expect(fault(() => compilePattern('a'.repeat(1001)))).toMatchObject({
      code: 'pattern_invalid',
    });
    expect(fault(() => compilePattern('ü'.repeat(600)))).toMatchObject({ code: 'pattern_invalid' });
    expect(fault(() => compilePattern('a{1000}'.repeat(100)))).toMatchObject({
      message: expect.stringContaining('repeats too much'),
    });
    expect(fault(() => compilePattern(`(${'a'.repeat(500)}){900}`))).toMatchObject({
      message: expect.stringContaining('repeats too much'),
    });
  });

  it('refuses what is too much work even for linear time', () => {
    const text = 'ab'.repeat(30_000);
    expect(fault(() => matchesPattern('(.{1,500}){2}z', text))).toMatchObject({
      code: 'expression_too_costly',
    });
  });

  it.each(['(a+)+b', '(a|aa)+b', '(a*)*b', '(.*a){20}b', '(a?){50}a{50}b'])(
    'is linear where others backtrack: %s',
    (pattern) => {
      const { size } = compilePattern(pattern);
      const cost = (length: number) => {
        const budget = createBudget();
        chargeMatch(budget, compilePattern(pattern), 'a'.repeat(length));
        return engineLimits.cost - budget.left;
      };
      expect(cost(10_000)).toBeLessThanOrEqual(1 + (10_000 * size) / 64);
      expect(cost(10_000) / cost(1_000)).toBeCloseTo(10, 0);
      // Would take longer than the universe has been there, if it were exponential.
      expect(matchesPattern(pattern, 'a'.repeat(10_000))).toBe(false);
    },
  );
});

describe('unfoldedSize', () => {
  it.each([
    'a{10}',
    '(ab){20}',
    '[a-z]{3,30}',
    '(a{10}b){30}',
    '((a|b){10}c?){20}',
    'x\\d{5}(y[^\\]]{7}z)+',
    '(?:a{3}){4}',
  ])('is about the size of the program: %s', (pattern) => {
    const ratio = unfoldedSize(pattern) / compilePattern(pattern).size;
    expect(ratio).toBeGreaterThan(0.3);
    expect(ratio).toBeLessThan(3);
  });
});
