import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../boot/paths.mjs';
import { isAllowed, licensesPage, shippedPackages } from './licenses.mjs';

const shipped = shippedPackages(root);

describe('what is shipped', () => {
  it('is listed in docs/licences.md: write it with npm run licenses', () => {
    expect(readFileSync(join(root, 'docs/licences.md'), 'utf8')).toBe(licensesPage(shipped));
  });

  it('is under licenses that we may ship', () => {
    expect(shipped.filter((one) => !isAllowed(one))).toEqual([]);
  });

  it('goes to servers and to browsers', () => {
    const places = (/** @type {string} */ name) =>
      shipped.filter((one) => one.name === name).map(({ where }) => where.join());
    expect(places('express')).toEqual(['server']);
    expect(places('preact')).toEqual(['browser']);
    expect(places('zod')).toEqual(['browser,server']);
    expect(places('vitest')).toEqual([]);
  });
});

describe('isAllowed', () => {
  it.each([
    ['MIT', true],
    ['(MPL-2.0 OR Apache-2.0)', true],
    ['Apache-2.0 AND MIT', true],
    ['MIT AND GPL-3.0', false],
    ['AGPL-3.0', false],
    ['EPL-2.0', false],
    ['unknown', false],
  ])('%s: %s', (license, allowed) => {
    expect(isAllowed({ name: 'one', version: '1.0.0', license, where: ['server'] })).toBe(allowed);
  });

  it('takes an exception under the license that was looked at only', () => {
    const one = { name: 'caniuse-lite', version: '2.0.0', where: ['server'] };
    expect(isAllowed({ ...one, license: 'CC-BY-4.0' })).toBe(true);
    expect(isAllowed({ ...one, license: 'GPL-3.0' })).toBe(false);
  });
});
