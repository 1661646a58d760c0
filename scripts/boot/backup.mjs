import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { copyFile, copyTree, flush, flushTree, giveTree } from './copy-tree.mjs';
import { noteCreated } from './created.mjs';
import { readEndpoints } from './endpoints.mjs';
import { BootError, log, step, warn } from './log.mjs';
import { runningPart } from './pid-file.mjs';
import { databaseFolder, unprivilegedUser, majorOfPostgres } from './postgres-files.mjs';
import { isRunning, isStopped, signal } from './process.mjs';
import { hasInstallation, secretsOf } from './secrets.mjs';

/** How the folder of a backup is laid out. */
const format = 1;
/** The secrets that a backup is useless without. */
const keys = ['encryption.key', 'postgres.password'];
const longestStopMs = 5_000;

/** What a server writes for itself only: it makes these anew. */
const passing =
  /^(postmaster\.(pid|opts)|pg_internal\.init|.*\/pg_internal\.init|(pg_(replslot|dynshmem|notify|serial|snapshots|stat_tmp|subtrans)|.*pgsql_tmp[^/]*)\/.*)$/;
/** The write-ahead log without its folders: of a server that runs, only a part belongs to the backup. */
const writeAhead = /^pg_wal\/(?!archive_status$|summaries$)/;

/** @param {string} dataDir @param {string} into */
function copyTemporal(dataDir, into) {
  // Not its shared memory: SQLite makes that anew from the log.
  for (const name of ['temporal.db', 'temporal.db-wal']) {
    if (existsSync(join(dataDir, name))) copyFile(join(dataDir, name), join(into, name));
  }
}

/**
 * Does something while a process stands still.
 * @template T
 * @param {import('./process.mjs').Identity} identity
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
async function whileStopped(identity, work) {
  const goOn = () => signal(identity.pid, 'SIGCONT');
  process.on('exit', goOn);
  try {
    signal(identity.pid, 'SIGSTOP');
    for (const limit = Date.now() + longestStopMs; !isStopped(identity.pid); await sleep(1)) {
      if (Date.now() > limit) throw new BootError('Temporal could not be paused. Try again.');
    }
    return await work();
  } finally {
    goOn();
    process.off('exit', goOn);
  }
}

/**
 * Copies both databases of an installation that runs, as they were at one moment.
 *
 * Temporal stands still while its file and the last piece of PostgreSQL's log are copied, so that
 * the copy is what a crash of Temporal would leave: whatever was acknowledged is in it, and what
 * PostgreSQL recorded since then is recorded again. PostgreSQL itself is copied before, while it
 * goes on; its log makes that copy consistent, up to where it is when the other one is made.
 * @param {string} dataDir
 * @param {string} cluster
 * @param {string} into
 * @returns {Promise<number>} for how long Temporal stood still, in milliseconds
 */
async function copyRunning(dataDir, cluster, into) {
  const temporal = runningPart(dataDir, 'temporal');
  if (!temporal || !runningPart(dataDir, 'postgres')) {
    throw new BootError(
      'A part of CRMFlow is starting. Try again once "npm run status" shows all.',
    );
  }
  const { createPool } = await import('@crmflow/db');
  const { databasePassword } = secretsOf(dataDir);
  const [, port] = (readEndpoints(dataDir).postgres ?? '').split(':');
  const pool = createPool(`postgresql://crmflow:${databasePassword}@127.0.0.1:${port}/postgres`, {
    max: 1,
  });
  const client = await pool.connect();
  const ask = async (/** @type {string} */ sql, /** @type {string[]} */ values = []) =>
    (await client.query(sql, values)).rows[0];
  const folder = join(into, 'postgres');
  try {
    // Of this session, and gone with it; until then the server keeps the log that we need.
    await ask(`SELECT pg_create_physical_replication_slot('crmflow_backup', true, true)`);
    const { first } = await ask(
      `SELECT pg_walfile_name(pg_backup_start('crmflow', fast => true)) AS first`,
    );
    copyTree(cluster, folder, (path) => !passing.test(path) && !writeAhead.test(path));
    const from = Date.now();
    await whileStopped(temporal, async () => {
      copyTemporal(dataDir, into);
      const stopped = await ask('SELECT lsn, labelfile FROM pg_backup_stop(false)');
      const { last } = await ask('SELECT pg_walfile_name($1::pg_lsn) AS last', [stopped.lsn]);
      writeFileSync(join(folder, 'backup_label'), stopped.labelfile, { mode: 0o600 });
      for (const name of readdirSync(join(cluster, 'pg_wal'))) {
        const isPart = /^[0-9A-F]{24}$/.test(name) && name >= first && name <= last;
        if (isPart || name.endsWith('.history')) {
          copyFile(join(cluster, 'pg_wal', name), join(folder, 'pg_wal', name));
        }
      }
    });
    if (!isRunning(temporal)) throw new BootError('Temporal was restarted meanwhile. Try again.');
    return Date.now() - from;
  } finally {
    client.release(true);
    await pool.end();
  }
}

/**
 * Backs up an installation, running or not, into a new folder.
 * @param {string} dataDir
 * @param {string} target
 * @param {{ isRunning: boolean }} installation
 * @throws {BootError} where that is not possible; then nothing is left
 */
export async function backUp(dataDir, target, installation) {
  if (existsSync(target)) throw new BootError(`${target} exists already. Name a new folder.`);
  if (!hasInstallation(dataDir)) throw new BootError(`There is no installation in ${dataDir}.`);
  if (process.env.DATABASE_URL || process.env.TEMPORAL_ADDRESS) {
    throw new BootError(
      'This installation uses a PostgreSQL or a Temporal of your own. Back them up with their own tools: see docs/guides/operations.md.',
    );
  }
  const { installationId } = secretsOf(dataDir);
  const cluster = databaseFolder(dataDir, installationId, unprivilegedUser());
  const unfinished = `${target}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true, mode: 0o700 });
  try {
    for (const name of keys) copyFile(join(dataDir, name), join(unfinished, name));
    const at = new Date().toISOString();
    const stoodStill = await step('Copying the databases', async () => {
      if (installation.isRunning) return copyRunning(dataDir, cluster, unfinished);
      copyTree(cluster, join(unfinished, 'postgres'), (path) => !passing.test(path));
      copyTemporal(dataDir, unfinished);
      return undefined;
    });
    const about = { format, at, postgres: majorOfPostgres() };
    writeFileSync(join(unfinished, 'backup.json'), `${JSON.stringify(about, null, 2)}\n`);
    flushTree(unfinished);
    renameSync(unfinished, target);
    flush(dirname(target));
    if (stoodStill !== undefined) log(`  Temporal was paused for ${stoodStill} ms.`);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw error;
  }
}

/** Reads what a backup says of itself. @returns {{ at: string }} */
function readAbout(/** @type {string} */ backup) {
  let about;
  try {
    about = JSON.parse(readFileSync(join(backup, 'backup.json'), 'utf8'));
  } catch {
    throw new BootError(`${backup} is not a backup: it has no readable backup.json.`);
  }
  if (about.format !== format || about.postgres !== majorOfPostgres()) {
    throw new BootError(
      `The backup in ${backup} was made by another version of CRMFlow (PostgreSQL ${about.postgres}, this one has ${majorOfPostgres()}). Restore it with that version.`,
    );
  }
  return about;
}

/** @throws {BootError} where a backup lacks something, which it then names */
function checkComplete(/** @type {string} */ backup) {
  const needed = [...keys, 'postgres', 'temporal.db'];
  const missing = needed.filter((name) => !existsSync(join(backup, name)));
  if (missing.length === 0) return;
  throw new BootError(`The backup in ${backup} is damaged: ${missing.join(', ')} is missing.`);
}

/** Removes what a restore that failed has left, the newest first, and says where it could not. */
function removeLeft(/** @type {string[]} */ paths) {
  for (const path of paths.toReversed()) {
    try {
      rmSync(path, { recursive: true, force: true });
    } catch (error) {
      warn(`Remove ${path} yourself, which is left of the restore: ${error.message}`);
    }
  }
}

/**
 * Makes the data folder of a new installation from a backup. Its id is a new one: the installation
 * that was backed up may still be on this machine.
 *
 * All is copied aside and then moved to its place, so that a restore which is killed leaves no
 * installation; the next one replaces what it had copied.
 * @param {string} backup
 * @param {string} dataDir
 * @returns {{ at: string }} when the backup was made
 * @throws {BootError} where it is no backup, or the data folder is in use; whatever is thrown,
 *   nothing is left
 */
export function restore(backup, dataDir) {
  const about = readAbout(backup);
  checkComplete(backup);
  if (hasInstallation(dataDir)) {
    throw new BootError(
      `There is an installation in ${dataDir} already. Set CRMFLOW_DATA_DIR to an empty folder, or move that one away.`,
    );
  }
  const aside = join(dataDir, 'restore.unfinished');
  const made = [aside];
  try {
    rmSync(aside, { recursive: true, force: true });
    mkdirSync(aside, { mode: 0o700 });
    for (const name of keys) copyFile(join(backup, name), join(aside, name));
    const { installationId } = secretsOf(aside);
    const account = unprivilegedUser();
    const cluster = databaseFolder(dataDir, installationId, account);
    // Elsewhere, the folder around it is only for this installation.
    if (dirname(cluster) !== dataDir) made.push(dirname(cluster));
    const unfinished = `${cluster}.new`;
    made.push(unfinished, cluster);
    rmSync(unfinished, { recursive: true, force: true });
    copyTree(join(backup, 'postgres'), unfinished);
    if (account) giveTree(unfinished, account);
    copyTemporal(backup, aside);
    for (const name of ['postgres', 'temporal.db']) noteCreated(aside, name);
    flushTree(unfinished);
    flushTree(aside);
    for (const name of readdirSync(aside)) {
      made.push(join(dataDir, name));
      renameSync(join(aside, name), join(dataDir, name));
    }
    renameSync(unfinished, cluster);
    rmSync(aside, { recursive: true });
  } catch (error) {
    removeLeft(made);
    throw error;
  }
  return about;
}
