import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What programs are called on this platform. @param {string} name */
export const programName = (name) => (process.platform === 'win32' ? `${name}.exe` : name);

/** Whether a path leads to a program that we may run. */
export function isProgram(/** @type {string} */ path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** The path of an installed program. @param {string} name @returns {string | undefined} */
export const findOnPath = (name) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, programName(name)))
    .find(isProgram);
