import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const skipped = new Set(['node_modules', 'dist', 'generated', 'tsconfig.tsbuildinfo']);

/** @returns {Generator<string>} */
function* filesBelow(/** @type {string} */ folder, /** @type {string} */ path) {
  const stat = statSync(join(folder, path), { throwIfNoEntry: false });
  if (!stat) return;
  if (!stat.isDirectory()) {
    yield path;
    return;
  }
  for (const name of readdirSync(join(folder, path)).sort()) {
    if (!skipped.has(name)) yield* filesBelow(folder, join(path, name));
  }
}

/**
 * A fingerprint of the names and contents of files and of what is below folders, without what was
 * made there. Contents and not times: a checkout of the same files elsewhere has the same.
 * @param {string} folder
 * @param {string[]} paths in that folder
 */
export function fingerprint(folder, paths) {
  const hash = createHash('sha256').update(process.version);
  for (const file of paths.flatMap((path) => [...filesBelow(folder, path)])) {
    const content = readFileSync(join(folder, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** Whether a stamp file says `value`. @param {string} file @param {string} value */
export function isStamped(file, value) {
  try {
    return readFileSync(file, 'utf8') === value;
  } catch {
    return false;
  }
}

/** @param {string} file @param {string} value */
export function stamp(file, value) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, value);
}
