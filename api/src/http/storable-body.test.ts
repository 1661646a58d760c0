import { describe, expect, it } from 'vitest';
import { storableFaults } from './storable-body.js';

describe('storableFaults', () => {
  it('finds nothing in what can be stored', () => {
    expect(storableFaults({ a: ['ä', '😀', 1, null, true, { b: '\u0001' }] })).toEqual([]);
    expect(storableFaults('text')).toEqual([]);
  });

  it('names where a text or a key cannot be', () => {
    expect(storableFaults({ a: [{ b: 'x\0' }] })).toEqual([
      { path: 'a[0].b', message: 'contains a NUL character. Remove it' },
    ]);
    expect(storableFaults({ 'k\0': 1 })).toEqual([
      { path: '', message: 'has a key that contains a NUL character. Remove it' },
    ]);
    expect(storableFaults({ c: '\ud800' })).toHaveLength(1);
    expect(storableFaults(JSON.parse('{"a": {"__proto__": 1}}'))).toEqual([
      { path: 'a', message: 'has a key that is a reserved name' },
    ]);
  });

  it('goes a hundred levels deep, and no deeper', () => {
    const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);
    expect(storableFaults(nested(100))).toEqual([]);
    expect(storableFaults(nested(101))[0]?.message).toBe('is nested deeper than 100 levels');
  });

  it('counts all values, whatever they are', () => {
    const pairs = Array.from({ length: 70_000 }, () => [0, 0]);
    expect(storableFaults({ a: pairs })).toEqual([
      { path: '', message: 'has more than 200000 values in all. Send fewer' },
    ]);
  });

  it('stops after twenty', () => {
    expect(storableFaults(Array<string>(1000).fill('\0'))).toHaveLength(20);
  });
});
