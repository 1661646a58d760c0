import { closeSync, existsSync, openSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createLogOutput } from './log-output.js';

const failure = (code: string) => Object.assign(new Error(code), { code });

/** A file that holds what was written, while it can be written. */
function disk() {
  const state = { text: '', fails: undefined as string | undefined, atOnce: Infinity };
  const write = (_fd: number, bytes: Uint8Array) => {
    if (state.fails) throw failure(state.fails);
    const part = bytes.subarray(0, state.atOnce);
    state.text += Buffer.from(part).toString();
    return part.length;
  };
  return { state, output: createLogOutput('api', 1, write) };
}

describe('createLogOutput', () => {
  it('writes each line whole, however many writes that takes', () => {
    const { state, output } = disk();
    state.atOnce = 2;
    output.write('{"a":1}\n');
    output.write('{"b":2}\n');
    expect(state.text).toBe('{"a":1}\n{"b":2}\n');
  });

  it('drops what cannot be written, and says how much when it can again', () => {
    const { state, output } = disk();
    state.fails = 'ENOSPC';
    for (let i = 0; i < 3; i += 1) output.write(`{"i":${i}}\n`);
    state.fails = undefined;
    output.write('{"well":true}\n');
    const [told = '', line] = state.text.split('\n');
    expect(JSON.parse(told)).toMatchObject({ level: 40, name: 'api', dropped: 3 });
    expect(line).toBe('{"well":true}');
  });

  it('begins a new line after one that was cut off', () => {
    const { state } = disk();
    let isFull = false;
    const output = createLogOutput('api', 1, (_fd, bytes) => {
      if (isFull) throw failure('ENOSPC');
      const part = bytes.subarray(0, bytes.length === 8 ? 3 : bytes.length);
      isFull = bytes.length === 8;
      state.text += Buffer.from(part).toString();
      return part.length;
    });
    output.write('{"a":1}\n');
    isFull = false;
    output.write('{"bcd":2}\n');
    const lines = state.text.trimEnd().split('\n');
    expect(lines[0]).toBe('{"a');
    expect(lines.slice(1).map((line) => Object.keys(JSON.parse(line) as object).length)).toEqual([
      5, 1,
    ]);
  });

  it('waits for a slow reader once, not for each line', () => {
    let asked = 0;
    const output = createLogOutput('api', 1, () => {
      asked += 1;
      throw failure('EAGAIN');
    });
    output.write('a\n');
    const first = asked;
    output.write('b\n');
    expect(first).toBeGreaterThan(1);
    expect(asked).toBe(first + 1);
  });

  it.runIf(existsSync('/dev/full'))('never throws on a full disk', () => {
    const fd = openSync('/dev/full', 'w');
    const output = createLogOutput('api', fd);
    expect(() => output.write('a\n')).not.toThrow();
    closeSync(fd);
  });
});
