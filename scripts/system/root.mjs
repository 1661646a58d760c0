import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this checkout. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** A path inside this checkout. @param {...string} parts */
export const inRoot = (...parts) => path.join(root, ...parts);
