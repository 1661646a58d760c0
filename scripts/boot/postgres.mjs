import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lesserAccount } from './account.mjs';
import { createCluster } from './create-cluster.mjs';
import { databaseFolder, programsFor } from './postgres-files.mjs';
import { beganOf, commandOf } from './process.mjs';
import { BootError, step } from './say.mjs';
import { secretsOf } from './secrets.mjs';

const user = 'crmflow';
/** Above any number that a process can have. */
const nobody = 99_999_999;

/** @returns {string[]} */
function lockOf(/** @type {string} */ folder) {
  try {
    return readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n');
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
}

/**
 * PostgreSQL takes any process that has the number in its lock for a server of its own, a stranger
 * or a corpse too. The lock must not simply go: by the rest of it PostgreSQL sees whether processes
 * of the killed server still use its memory. So the number is replaced by one that nobody has.
 */
function disownLock(/** @type {string} */ folder) {
  const [line, ...rest] = lockOf(folder);
  if (line === undefined) return;
  const pid = Number(line);
  if (beganOf(pid) !== null && commandOf(pid).includes(folder)) return;
  writeFileSync(join(folder, 'postmaster.pid'), [nobody, ...rest].join('\n'));
}

/** The server's own word: before, it answers, but only to say that it recovers. */
function isReady(/** @type {string} */ folder) {
  const lock = lockOf(folder);
  return lock[7]?.trim() === 'ready' && beganOf(Number(lock[0])) !== null;
}

function checkWhole(/** @type {string} */ folder) {
  const needed = ['PG_VERSION', 'global/pg_control', 'base', 'pg_wal'];
  const missing = needed.filter((name) => !existsSync(join(folder, name)));
  if (missing.length === 0) return;
  throw new BootError(
    `The database in ${folder} is damaged: ${missing.join(', ')} is missing. Restore the data folder from a backup, or move it away to start anew.`,
  );
}

function accountToRunAs() {
  const account = lesserAccount();
  if (process.getuid?.() !== 0 || account) return account;
  throw new BootError(
    'PostgreSQL does not run as root, and there is no user "postgres" or "nobody" to run it as. Start CRMFlow as another user, or set DATABASE_URL.',
  );
}

/**
 * The embedded PostgreSQL as a part to supervise.
 * @param {string} dataDir
 * @param {number} port
 * @returns {Promise<{ url: string, part: import('./supervise.mjs').Part }>}
 */
export async function embeddedPostgres(dataDir, port) {
  const account = accountToRunAs();
  const { databasePassword: password, installationId } = secretsOf(dataDir);
  const programs = programsFor(account);
  const folder = databaseFolder(dataDir, installationId, account);
  if (!existsSync(folder)) {
    const cluster = { folder, programs, user, password, account };
    await step('Creating the database', () => createCluster(cluster));
  }
  checkWhole(folder);
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 200,
    shared_buffers: '128MB',
    synchronous_commit: 'on',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return {
    url: `postgresql://${user}:${password}@127.0.0.1:${port}/postgres`,
    part: {
      name: 'postgres',
      command: join(programs, 'postgres'),
      args: ['-D', folder, ...flags],
      options: {
        cwd: '/',
        env: { ...process.env, LC_ALL: 'C' },
        ...(account && { uid: account.uid, gid: account.gid }),
      },
      beforeStart: () => disownLock(folder),
      isUp: async () => isReady(folder),
      // Fast shutdown: sessions are ended, and what they had not committed is rolled back.
      stopSignal: 'SIGINT',
      patienceMs: 30_000,
    },
  };
}
