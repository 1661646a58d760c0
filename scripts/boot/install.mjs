import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execute } from './command.mjs';
import { withLock } from './lock.mjs';
import { root } from './paths.mjs';
import { BootError, step } from './log.mjs';

const oldest = { major: 20, minor: 19 };

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > oldest.major || (major === oldest.major && minor >= oldest.minor)) return;
  throw new BootError(
    `Node ${process.versions.node} is too old. Install Node ${oldest.major}.${oldest.minor} or later.`,
  );
}

/** The npm that runs us, or the one on the PATH. */
export function npm() {
  const script = process.env.npm_execpath;
  return script && existsSync(script) && /\.c?js$/.test(script)
    ? { command: process.execPath, before: [script] }
    : { command: 'npm', before: [] };
}

/** @typedef {{ version?: string, integrity?: string, optional?: boolean }} Package */

/** @returns {Record<string, Package>} */
const packagesOf = (/** @type {string} */ file) => JSON.parse(readFileSync(file, 'utf8')).packages;

/**
 * Whether what is installed is what package-lock.json asks for. npm notes what it has installed
 * when it is done, however it was called, so that no stamp of our own can be wrong.
 * @param {string} lockFile
 * @param {string} installedFile
 */
export function isInstalled(lockFile, installedFile) {
  if (!existsSync(installedFile)) return false;
  const installed = packagesOf(installedFile);
  return Object.entries(packagesOf(lockFile)).every(([folder, wanted]) => {
    if (!folder.includes('node_modules/')) return true;
    const found = installed[folder];
    // Left out because it is for another platform.
    if (!found) return wanted.optional === true;
    return found.version === wanted.version && found.integrity === wanted.integrity;
  });
}

/**
 * Installs the packages where package-lock.json has changed since the last time. Their install
 * scripts are not run: they would download what is not needed, and take a minute to fail where
 * that is not to be had.
 */
export async function install() {
  checkNode();
  const lockFile = join(root, 'package-lock.json');
  const isDone = () => isInstalled(lockFile, join(root, 'node_modules/.package-lock.json'));
  if (isDone()) return;
  await withLock(join(root, '.cache/install.lock'), 'installing packages', async () => {
    if (isDone()) return;
    const { command, before } = npm();
    const args = ['ci', '--include=dev', '--ignore-scripts', '--no-progress', '--prefer-offline'];
    await step('Installing packages', () =>
      execute(command, [...before, ...args], { what: 'npm ci', cwd: root }),
    );
  });
}
