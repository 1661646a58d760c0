import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fingerprint } from './stamp.mjs';

/** @type {string} */
let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crmflow-stamp-'));
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, 'src', 'a.ts'), 'a');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const print = () => fingerprint(folder, ['src', 'missing.json']);

describe('fingerprint', () => {
  it('stays when only times change, or what was made there', () => {
    const before = print();
    utimesSync(join(folder, 'src', 'a.ts'), 1, 1);
    mkdirSync(join(folder, 'src', 'dist'));
    writeFileSync(join(folder, 'src', 'dist', 'a.js'), 'a');
    expect(print()).toBe(before);
  });

  it.each([
    ['a content', () => writeFileSync(join(folder, 'src', 'a.ts'), 'b')],
    ['a name', () => writeFileSync(join(folder, 'src', 'b.ts'), '')],
    ['what was missing', () => writeFileSync(join(folder, 'missing.json'), '')],
  ])('changes with %s', (_, change) => {
    const before = print();
    change();
    expect(print()).not.toBe(before);
  });
});
