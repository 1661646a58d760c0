import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isInstalled } from './install.mjs';

/** @type {string} */
let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crmflow-install-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const zod = { version: '4.0.0', integrity: 'sha512-a' };

/** @param {object | undefined} installed @param {object} wanted */
function check(installed, wanted) {
  const [lockFile, installedFile] = [join(folder, 'wanted.json'), join(folder, 'installed.json')];
  writeFileSync(lockFile, JSON.stringify({ packages: { '': { name: 'crmflow' }, ...wanted } }));
  if (installed) writeFileSync(installedFile, JSON.stringify({ packages: installed }));
  return isInstalled(lockFile, installedFile);
}

describe('isInstalled', () => {
  it('is so where all that is wanted is there, whatever else is', () => {
    expect(
      check({ 'node_modules/zod': zod, 'node_modules/x': zod }, { 'node_modules/zod': zod }),
    ).toBe(true);
  });

  it('does not miss what is for another platform', () => {
    expect(check({}, { 'node_modules/fsevents': { ...zod, optional: true } })).toBe(true);
  });

  it.each([
    ['nothing was installed', undefined],
    ['a package is missing', {}],
    ['a package has another version', { 'node_modules/zod': { ...zod, version: '4.0.1' } }],
    ['a package has another content', { 'node_modules/zod': { ...zod, integrity: 'sha512-b' } }],
  ])('is not so where %s', (_, installed) => {
    expect(check(installed, { 'node_modules/zod': zod })).toBe(false);
  });
});
