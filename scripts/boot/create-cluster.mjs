import { chownSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execute } from './command.mjs';

/**
 * Makes the files of an empty database server: aside, and then moved, so that a folder that is
 * there is a whole one.
 * @param {{ folder: string, programs: string, user: string, password: string,
 *   account: import('./account.mjs').Account | null }} cluster
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
        env: { ...process.env, LC_ALL: 'C' },
        ...(account && { uid: account.uid, gid: account.gid }),
      },
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(unfinished, folder);
}
