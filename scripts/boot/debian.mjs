import { existsSync } from 'node:fs';
import { execute } from './command.mjs';
import { BootError } from './log.mjs';

/** Whether we may install packages of Debian. */
export const canInstallOfDebian = () =>
  process.getuid?.() === 0 && existsSync('/etc/debian_version');

/**
 * Installs a package of Debian.
 * @param {string} name
 * @throws {BootError} where that is not possible
 */
export async function installOfDebian(name) {
  if (!canInstallOfDebian()) throw new BootError('needs apt-get and root');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await execute('apt-get', ['update', '-q'], { what: 'apt-get update', env });
  await execute('apt-get', ['install', '-y', '-q', '--no-install-recommends', name], {
    what: `apt-get install ${name}`,
    env,
  });
}
