import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const passedOver = new Set(['node_modules', 'dist', 'generated']);

/** @param {string} place @returns {Iterable<string>} */
function* filesUnder(place) {
  if (!existsSync(place)) return;
  if (statSync(place).isFile()) {
    yield place;
    return;
  }
  const entries = readdirSync(place, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (passedOver.has(entry.name) || entry.name.endsWith('.tsbuildinfo')) continue;
    const child = path.join(place, entry.name);
    if (entry.isDirectory()) yield* filesUnder(child);
    else if (entry.isFile()) yield child;
  }
}

/**
 * A hash over the names and contents of files and folders, without what was built there.
 * @param {string} folder @param {string[]} places relative to it
 */
export function fingerprint(folder, places) {
  const hash = createHash('sha256').update(process.version);
  for (const place of places) {
    for (const file of filesUnder(path.join(folder, place))) {
      const content = readFileSync(file);
      hash.update(`${path.relative(folder, file)}\0${content.length}\0`).update(content);
    }
  }
  return hash.digest('hex');
}

/**
 * Does work unless it was done with the same inputs before and its results are still there.
 * @param {{ stamp: string, made: () => string, results: string[] }} of
 * @param {() => Promise<void>} work
 */
export async function unlessUnchanged({ stamp, made, results }, work) {
  const wanted = made();
  const current = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
  if (current === wanted && results.every((result) => existsSync(result))) return;
  await work();
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}
