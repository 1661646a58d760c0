import {
  chmodSync,
  chownSync,
  closeSync,
  constants,
  copyFileSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
} from 'node:fs';
import { join } from 'node:path';

/** Flushes a file to the disk, or which names a folder has. */
export function flush(/** @type {string} */ path) {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Copies a file with its mode, sharing its blocks where the file system can. */
export function copyFile(/** @type {string} */ from, /** @type {string} */ to) {
  copyFileSync(from, to, constants.COPYFILE_FICLONE);
  chmodSync(to, lstatSync(from).mode & 0o777);
}

/**
 * Copies a folder that somebody may write to meanwhile: what vanishes is left out.
 * @param {string} from
 * @param {string} to
 * @param {(path: string) => boolean} [isWanted] by the path below `from`
 */
export function copyTree(from, to, isWanted = () => true, below = '') {
  mkdirSync(to, { recursive: true });
  chmodSync(to, lstatSync(from).mode & 0o777);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const path = join(below, entry.name);
    if (!isWanted(path)) continue;
    const source = join(from, entry.name);
    try {
      if (entry.isDirectory()) copyTree(source, join(to, entry.name), isWanted, path);
      else if (entry.isFile()) copyFile(source, join(to, entry.name));
    } catch (error) {
      if (error.code !== 'ENOENT' || error.path !== source) throw error;
    }
  }
}

/** Does something with a folder and all that is in it, its contents first. */
function walk(/** @type {string} */ path, /** @type {(path: string) => void} */ visit) {
  if (lstatSync(path).isDirectory()) {
    for (const name of readdirSync(path)) walk(join(path, name), visit);
  }
  visit(path);
}

/** Flushes all of a folder to the disk. */
export const flushTree = (/** @type {string} */ path) => walk(path, flush);

/** Gives all of a folder to an account. @param {string} path @param {{ uid: number, gid: number }} account */
export const giveTree = (path, { uid, gid }) => walk(path, (one) => chownSync(one, uid, gid));
