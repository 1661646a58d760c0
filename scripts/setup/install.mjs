import { existsSync, readFileSync } from 'node:fs';
import { command } from '../system/command.mjs';
import { step } from '../system/progress.mjs';
import { inRoot, root } from '../system/root.mjs';

/**
 * @typedef {{ version?: string, integrity?: string, link?: boolean, resolved?: string, optional?: boolean }} Locked
 * @param {string} file
 * @returns {Record<string, Locked>}
 */
const packagesIn = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;

/**
 * Whether what npm last installed here is what package-lock.json asks for. npm writes down what it
 * installed when it is done, however it was called, so there is nothing to keep of our own.
 * @param {string} lockFile @param {string} installedFile
 */
export function isInstalled(lockFile, installedFile) {
  if (!existsSync(installedFile)) return false;
  const installed = packagesIn(installedFile);
  return Object.entries(packagesIn(lockFile)).every(([folder, wanted]) => {
    if (!folder.includes('node_modules/')) return true;
    const found = installed[folder];
    if (!found) return wanted.optional === true;
    return found.version === wanted.version && found.integrity === wanted.integrity;
  });
}

/** Installs the packages where package-lock.json changed since. */
export async function install() {
  const installedFile = inRoot('node_modules', '.package-lock.json');
  if (isInstalled(inRoot('package-lock.json'), installedFile)) return;
  const npm = process.env.npm_execpath;
  const [file, before] = npm ? [process.execPath, [npm]] : ['npm', []];
  // No package needs its install script: PostgreSQL's links are made at boot, Prisma's engine
  // (which it would download) is never used, and the others only check something.
  const args = ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund'];
  await step('Installing packages', () =>
    command(file, [...before, ...args], { what: 'npm ci', cwd: root }),
  );
}
