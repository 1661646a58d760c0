import { describe, expect, it } from 'vitest';
import { storedJson } from './stored-json.js';

describe('storedJson', () => {
  it('leaves what jsonb takes as it is, pairs of surrogates and written-out escapes included', () => {
    for (const value of [{ a: '😀' }, ['\\u0000'], 'line\nend', null, 1e300]) {
      expect(storedJson(value)).toBe(JSON.stringify(value));
    }
  });

  it('cleans NUL and halves of surrogate pairs out of keys and values', () => {
    expect(storedJson({ 'a\0': ['x\ud83d', '\0'] })).toBe('{"a":["x\ufffd",""]}');
  });
});
