import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDataFolder } from './data-folder.mjs';

/** @type {string} */
let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crmflow-data-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The mode of the folder itself: as root, the account that PostgreSQL runs as gets through. */
const folderMode = process.getuid?.() === 0 ? 0o711 : 0o700;
const modeOf = (/** @type {string} */ path) => lstatSync(path).mode & 0o777;

describe('openDataFolder', () => {
  it('makes a folder that other users can neither list nor read', () => {
    const dataDir = join(folder, 'new');
    openDataFolder(dataDir);
    expect(modeOf(dataDir)).toBe(folderMode);
    expect(readdirSync(dataDir).map((name) => modeOf(join(dataDir, name)))).toEqual([0o700, 0o700]);
  });

  it('takes from other users what an earlier version let them read, and touches nothing else', () => {
    chmodSync(folder, 0o755);
    mkdirSync(join(folder, 'logs'), { mode: 0o755 });
    const mine = ['temporal.db', 'temporal.db-wal', 'ports.json', join('logs', 'api.log')];
    for (const name of [...mine, 'photo.jpg']) writeFileSync(join(folder, name), '');
    for (const name of [...mine, 'photo.jpg']) chmodSync(join(folder, name), 0o644);
    symlinkSync(join(folder, 'photo.jpg'), join(folder, 'logs', 'link'));
    openDataFolder(folder);
    expect(modeOf(folder)).toBe(folderMode);
    expect(modeOf(join(folder, 'logs'))).toBe(0o700);
    for (const name of mine) expect(modeOf(join(folder, name))).toBe(0o600);
    expect(modeOf(join(folder, 'photo.jpg'))).toBe(0o644);
  });
});
