import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** @typedef {{ uid: number, gid: number, name: string }} Account */

/**
 * The account that PostgreSQL runs as where we are root, whom it refuses to serve.
 * @returns {Account | null} null where we are somebody else
 */
export function lesserAccount() {
  if (process.getuid?.() !== 0) return null;
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const found =
    accounts.find(([name]) => name === 'postgres') ?? accounts.find(([name]) => name === 'nobody');
  if (!found) return null;
  const [name = '', , uid, gid] = found;
  return { name, uid: Number(uid), gid: Number(gid) };
}

/** Whether an account can reach a folder. */
export function canReach(/** @type {Account | null} */ account, /** @type {string} */ path) {
  if (!account) return true;
  const { uid, gid } = account;
  return spawnSync('/bin/sh', ['-c', 'test -x "$0"', path], { uid, gid, cwd: '/' }).status === 0;
}
