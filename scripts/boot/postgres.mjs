import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { lesserAccount } from './account.mjs';
import { execute } from './command.mjs';
import { answers } from './ports.mjs';
import { databaseFolder, programsFor } from './postgres-files.mjs';
import { beganOf, programOf } from './process.mjs';
import { BootError, step } from './say.mjs';

const user = 'crmflow';

function passwordOf(dataDir) {
  const file = join(dataDir, 'postgres.password');
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 });
  return readFileSync(file, 'utf8');
}

async function createCluster(finished, programs, password, account) {
  // Made aside and then moved: a folder that is there is a whole one.
  const folder = `${finished}.new`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const passwordFile = join(folder, '..', `.initial-password-${process.pid}`);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (account) {
    chownSync(folder, account.uid, account.gid);
    chownSync(passwordFile, account.uid, account.gid);
  }
  const identity = account ? { uid: account.uid, gid: account.gid } : {};
  try {
    await execute(
      join(programs, 'initdb'),
      ['-D', folder, '-U', user, `--pwfile=${passwordFile}`, '-A', 'scram-sha-256', '-E', 'UTF8', '--no-locale'],
      { ...identity, cwd: '/', env: { ...process.env, LC_ALL: 'C' } },
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(folder, finished);
}

/** PostgreSQL takes any process that has the number in its lock for a server of its own. */
function removeForeignLock(folder) {
  const file = join(folder, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  if (beganOf(pid) !== null && !programOf(pid).includes('postgres')) rmSync(file, { force: true });
}

function checkWhole(folder) {
  const needed = ['PG_VERSION', 'global/pg_control', 'base', 'pg_wal'];
  const missing = needed.filter((name) => !existsSync(join(folder, name)));
  if (missing.length === 0) return;
  throw new BootError(
    `The database in ${folder} is damaged: ${missing.join(', ')} is missing. Restore the folder from a backup, or move it away to start with an empty database.`,
  );
}

/**
 * The embedded PostgreSQL as a part to supervise.
 * @param {string} dataDir
 * @param {number} port
 */
export async function embeddedPostgres(dataDir, port) {
  const account = lesserAccount();
  if (process.getuid?.() === 0 && !account) {
    throw new BootError('PostgreSQL does not run as root, and there is no user "postgres" or "nobody" to run it as. Start CRMFlow as another user, or set DATABASE_URL.');
  }
  const programs = programsFor(account);
  const folder = databaseFolder(dataDir, account);
  const password = passwordOf(dataDir);
  if (!existsSync(folder)) {
    await step('Creating the database', () => createCluster(folder, programs, password, account));
  }
  checkWhole(folder);
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 200,
    shared_buffers: '128MB',
  };
  return {
    url: `postgresql://${user}:${password}@127.0.0.1:${port}/postgres`,
    part: {
      name: 'postgres',
      command: join(programs, 'postgres'),
      args: ['-D', folder, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      options: {
        cwd: '/',
        env: { ...process.env, LC_ALL: 'C' },
        ...(account && { uid: account.uid, gid: account.gid }),
      },
      port,
      beforeStart: () => removeForeignLock(folder),
      isUp: () => answers(port),
      // Fast shutdown: sessions are ended, and what they had not committed is rolled back.
      stopSignal: 'SIGINT',
    },
  };
}
