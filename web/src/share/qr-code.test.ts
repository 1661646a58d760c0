import { expect, it } from 'vitest';
import { qrCode, qrFile, qrPath } from './qr-code.js';

const address = 'https://crm.example.com/c/front-desk-4f2a';

/** The modules that a path covers, as `x,y`. */
function covered(path: string): Set<string> {
  const modules = new Set<string>();
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1H\1z/g)) {
    for (let at = 0; at < Number(width); at += 1) modules.add(`${Number(x) + at},${y}`);
  }
  return modules;
}

it('draws each dark module, and leaves the margin around the code light', () => {
  const code = qrCode(address);
  const dark = covered(qrPath(code));
  const all = [...Array(code.size).keys()];
  const expected = all.flatMap((y) => all.filter((x) => code.isDark(x, y)).map((x) => `${x},${y}`));
  expect([...dark].toSorted()).toEqual(expected.toSorted());
  const isQuiet = (at: number) => at < 4 || at >= code.size - 4;
  const outside = [...dark].filter((module) => module.split(',').map(Number).some(isQuiet));
  expect(outside).toEqual([]);
});

it('has the three squares that scanners look for', () => {
  const code = qrCode(address);
  const far = code.size - 4 - 7;
  for (const [left, top] of [
    [4, 4],
    [far, 4],
    [4, far],
  ] as const) {
    const row = [...Array(7).keys()].map((x) => code.isDark(left + x, top + 3));
    expect(row).toEqual([true, false, true, true, true, false, true]);
  }
});

it('makes a self-contained file, dark on white', () => {
  const code = qrCode(address);
  const file = qrFile(code);
  expect(file).toContain(`viewBox="0 0 ${code.size} ${code.size}"`);
  expect(file).toContain('fill="#fff"');
  expect(file).toContain(qrPath(code));
});
