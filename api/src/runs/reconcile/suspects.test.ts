import { describe, expect, it } from 'vitest';
import { createSuspects } from './suspects.js';

describe('suspects', () => {
  it('are certain after a while, counted from the first sight', () => {
    const suspects = createSuspects();
    suspects.add('a', 1_000);
    suspects.add('a', 5_000);
    expect(suspects.isCertain('a', 'terminated', 5_999)).toBe(false);
    expect(suspects.isCertain('a', 'terminated', 6_000)).toBe(true);
  });

  it('need a longer while where Temporal knows nothing of them', () => {
    const suspects = createSuspects();
    suspects.add('a', 0);
    expect(suspects.isCertain('a', 'unknown', 59_999)).toBe(false);
    expect(suspects.isCertain('a', 'unknown', 60_000)).toBe(true);
  });

  it('start again after they were cleared', () => {
    const suspects = createSuspects();
    suspects.add('a', 0);
    suspects.clear('a');
    expect(suspects.isCertain('a', 'terminated', 60_000)).toBe(false);
    suspects.add('a', 60_000);
    expect(suspects.isCertain('a', 'terminated', 60_001)).toBe(false);
    expect(suspects.all()).toEqual(['a']);
  });
});
