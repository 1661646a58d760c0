import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { environmentOfServer } from './environment.mjs';
import { noteCreated, refuseLost } from './created.mjs';
import { createCluster, databaseFolder, programsFor, unprivilegedUser } from './postgres-files.mjs';
import { startTimeOf, commandOf } from './process.mjs';
import { BootError, step } from './log.mjs';
import { isPostgresResponding } from './responding.mjs';
import { secretsOf } from './secrets.mjs';

const user = 'crmflow';
/** Above every possible pid. */
const unusedPid = 99_999_999;

/** @returns {string[]} */
function readLock(/** @type {string} */ folder) {
  try {
    return readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n');
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
}

/**
 * PostgreSQL takes any process that has the number in its lock for a server of its own, a stranger
 * or a corpse too. The lock must not be deleted: the rest of it tells PostgreSQL whether processes
 * of the killed server still use its memory. So the pid is replaced by one that no process has.
 */
function releaseStaleLock(/** @type {string} */ folder) {
  const [line, ...rest] = readLock(folder);
  if (line === undefined) return;
  const pid = Number(line);
  if (startTimeOf(pid) !== null && commandOf(pid).includes(folder)) return;
  // In place, and longer than before: it must not get lost where the disk is full.
  const file = openSync(join(folder, 'postmaster.pid'), 'r+');
  try {
    writeSync(file, [unusedPid, ...rest].join('\n'), 0);
  } finally {
    closeSync(file);
  }
}

/** As the server reports it: while it recovers, it accepts connections but rejects queries. */
function isReady(/** @type {string} */ folder) {
  const lock = readLock(folder);
  return lock[7]?.trim() === 'ready' && startTimeOf(Number(lock[0])) !== null;
}

function checkIntegrity(/** @type {string} */ folder) {
  const needed = ['PG_VERSION', 'global/pg_control', 'base', 'pg_wal'];
  const missing = needed.filter((name) => !existsSync(join(folder, name)));
  if (missing.length === 0) return;
  throw new BootError(
    `The database in ${folder} is damaged: ${missing.join(', ')} is missing. Restore the data folder from a backup, or move it away to start with an empty one.`,
  );
}

function userToRunAs() {
  const account = unprivilegedUser();
  if (process.getuid?.() !== 0 || account) return account;
  throw new BootError(
    'PostgreSQL refuses to run as root, and this system has no user "postgres" or "nobody". Start CRMFlow as another user, or set DATABASE_URL.',
  );
}

/**
 * The embedded PostgreSQL as a part to supervise.
 * @param {string} dataDir
 * @param {number} port
 * @returns {Promise<{ url: string, part: import('./supervise.mjs').Part }>}
 */
export async function embeddedPostgres(dataDir, port) {
  const account = userToRunAs();
  const { databasePassword: password, installationId } = secretsOf(dataDir);
  const programs = programsFor(account);
  const folder = databaseFolder(dataDir, installationId, account);
  if (!existsSync(folder)) {
    refuseLost(dataDir, 'postgres', folder);
    const cluster = { folder, programs, user, password, account };
    await step('Creating the database', () => createCluster(cluster));
  }
  noteCreated(dataDir, 'postgres');
  checkIntegrity(folder);
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
        env: environmentOfServer(),
        ...(account && { uid: account.uid, gid: account.gid }),
      },
      beforeStart: () => releaseStaleLock(folder),
      isUp: async () => isReady(folder),
      isResponding: () => isPostgresResponding(port),
      // Fast shutdown: sessions are ended, and what they had not committed is rolled back.
      stopSignal: 'SIGINT',
      patienceMs: 30_000,
    },
  };
}
