import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createPool } from '@crmflow/db';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { unprivilegedUser } from '../../scripts/boot/postgres-files.mjs';
import { freePort } from '../../scripts/boot/ports.mjs';
import { until } from '../support/until.js';
import { ended } from '../support/run-program.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'crmflow-compose-backup-'));
const volumes = { first: join(folder, 'first'), second: join(folder, 'second') };
const account = unprivilegedUser();
const asServer = { cwd: '/', ...(account && { uid: account.uid, gid: account.gid }) };

/** A whole PostgreSQL of this machine: the embedded one has no pg_basebackup. */
function findPrograms(): string {
  const packages = '/usr/lib/postgresql';
  const versions = existsSync(packages) ? readdirSync(packages).sort() : [];
  const found = [...versions.map((one) => join(packages, one, 'bin')).reverse(), '/usr/bin'];
  const programs = found.find((path) =>
    ['postgres', 'pg_basebackup'].every((name) => existsSync(join(path, name))),
  );
  if (!programs) throw new Error('This test needs PostgreSQL with its tools on this machine.');
  return programs;
}

/** Does for the two scripts what Compose would, with programs of this machine. */
const docker = `#!/bin/sh
set -eu
case "$*" in
  'compose exec -T postgres pg_basebackup '*) shift 4; exec "$@" ;;
  'compose run --rm --no-deps -T --entrypoint /bin/sh postgres -euc '*) shift 8; exec /bin/sh "$@" ;;
  'compose up -d --wait') ;;
  *) echo "unexpected: $*" >&2; exit 1 ;;
esac
`;

let programs: string;
let port: number;
const servers: ChildProcess[] = [];

async function startServer(volume: string) {
  const flags = ['-p', String(port), '-k', folder, '-c', 'listen_addresses=127.0.0.1'];
  const server = spawn(join(programs, 'postgres'), ['-D', volume, ...flags], {
    ...asServer,
    stdio: 'ignore',
  });
  servers.push(server);
  const pool = createPool(`postgresql://postgres@127.0.0.1:${port}/postgres`);
  await until('the server', () =>
    pool.query('SELECT 1').then(
      () => true,
      () => false,
    ),
  );
  return {
    pool,
    async stop() {
      await pool.end();
      server.kill('SIGINT');
      await ended(server);
    },
  };
}

const runScript = (name: string, volume: string, file: string) =>
  execFileSync(join(root, 'deploy', name), [file], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: `${folder}:${programs}:${process.env['PATH']}`,
      ...{ PGHOST: folder, PGPORT: String(port), PGDATA: volume },
    },
  });

beforeAll(async () => {
  programs = findPrograms();
  port = await freePort();
  chmodSync(folder, 0o755);
  if (account) chownSync(folder, account.uid, account.gid);
  writeFileSync(join(folder, 'docker'), docker, { mode: 0o755 });
  const identity = ['-U', 'postgres', '-A', 'trust', '--locale=C', '-E', 'UTF8'];
  execFileSync(join(programs, 'initdb'), ['-D', volumes.first, ...identity], asServer);
});
afterAll(() => {
  for (const server of servers) server.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

it('restores all databases as they were at one moment, from a server that goes on', async () => {
  const first = await startServer(volumes.first);
  await first.pool.query('CREATE DATABASE temporal');
  const temporal = createPool(`postgresql://postgres@127.0.0.1:${port}/temporal`);
  const both = { crmflow: first.pool, temporal };
  for (const pool of Object.values(both)) await pool.query('CREATE TABLE said (n int)');
  let said = 0;
  const enough = new AbortController();
  // Each number first into the one, then into the other, as a message and what is told of it.
  const talking = (async () => {
    for (; !enough.signal.aborted; said += 1) {
      for (const pool of [both.temporal, both.crmflow]) {
        await pool.query('INSERT INTO said VALUES ($1)', [said + 1]);
      }
    }
  })();
  await until('a hundred', () => said > 100);
  const promised = said;
  const file = join(folder, 'backup.tar.gz');
  const script = spawn(join(root, 'deploy/backup.sh'), [file], {
    stdio: 'inherit',
    env: {
      PATH: `${folder}:${programs}:${process.env['PATH']}`,
      ...{ PGHOST: folder, PGPORT: String(port) },
    },
  });
  expect(await ended(script)).toBe(0);
  enough.abort();
  await talking;
  expect(said).toBeGreaterThan(promised);
  expect(statSync(file).mode & 0o077).toBe(0);
  expect(() => runScript('backup.sh', volumes.first, file)).toThrow(/exists already/);
  await temporal.end();
  await first.stop();

  expect(() => runScript('restore.sh', volumes.first, file)).toThrow(/not empty/);
  mkdirSync(volumes.second);
  runScript('restore.sh', volumes.second, file);
  const second = await startServer(volumes.second);
  const restored = createPool(`postgresql://postgres@127.0.0.1:${port}/temporal`);
  const count = async (pool: typeof restored) => {
    const { rows } = await pool.query<{ n: number }>('SELECT count(*)::int AS n FROM said');
    return rows[0]?.n ?? 0;
  };
  const [inTemporal, inCrmflow] = [await count(restored), await count(second.pool)];
  expect(inCrmflow).toBeGreaterThanOrEqual(promised);
  expect([inCrmflow, inCrmflow + 1]).toContain(inTemporal);
  await restored.end();
  await second.stop();
});
