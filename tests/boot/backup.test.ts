import { randomUUID } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type Client, logIn, testPassword } from '../support/client.js';
import { ask, edge, node, row, say } from '../support/flows.js';
import type { Ended } from '../support/run-program.js';
import { type OwnSystem, startSystem } from '../support/system.js';
import { until } from '../support/until.js';
import { newFolder, runScript } from './processes.js';

const talkers = 6;
const echo = row(
  [
    ask('item'),
    say('got', 'Got {{ vars.item }}'),
    node('more', 'logic', {
      kind: 'branch',
      cases: [{ handle: 'again', when: 'vars.item != "done"' }],
    }),
  ],
  {
    aside: [say('bye', 'Bye')],
    edges: [edge('more', 'again', 'item'), edge('more', 'else', 'bye')],
  },
);

const from = newFolder(inject('templateDir'));
const into = newFolder();
const backup = `${into.path}-backup`;
const account = { email: `${randomUUID()}@example.com`, password: testPassword };

/** By run, the texts that were acknowledged, in order. */
const acknowledged = new Map<string, string[]>();
/** The same, at the moment when the backup was asked for. */
let promised: Map<string, string[]>;
let backedUp: Ended;
let system: OwnSystem;
let client: Client;

/** Says one thing after the other to a run, until it is told to stop. */
async function talk(to: Client, runId: string, signal: AbortSignal) {
  const texts: string[] = [];
  acknowledged.set(runId, texts);
  for (let i = 0; !signal.aborted; i += 1) {
    const message = { message: `${runId} ${i}`, messageId: `m${i}` };
    await until('an acknowledgement', async () => {
      const { status } = await to.call('POST', `/api/runs/${runId}/messages`, message);
      return status === 202;
    });
    texts.push(message.message);
  }
}

/** What was said to a run, as its log tells it, which must have no gap. */
async function toldIn(runId: string): Promise<string[]> {
  const events = await client.events(runId);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
  return events.flatMap(({ type, data }) =>
    type === 'message' && 'role' in data && data.role === 'user' ? [data.text] : [],
  );
}

beforeAll(async () => {
  const first = await startSystem({ dataDir: from.path });
  try {
    await fetch(`${first.url}/api/auth/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(account),
    });
    const before = await logIn(first.url, account);
    const workflowId = await before.save(echo);
    const start = async () => {
      const path = `/api/workflows/${workflowId}/runs`;
      const { body } = await before.call<{ runId: string }>('POST', path, { version: 'draft' });
      return body.runId;
    };
    const runIds = await Promise.all(Array.from({ length: talkers }, start));
    const enough = new AbortController();
    const talking = Promise.all(runIds.map((runId) => talk(before, runId, enough.signal)));
    await until('ten messages of each', () =>
      [...acknowledged.values()].every((texts) => texts.length >= 10),
    );
    promised = new Map([...acknowledged].map(([runId, texts]) => [runId, [...texts]]));
    backedUp = await runScript('backup', { CRMFLOW_DATA_DIR: from.path }, [backup]);
    enough.abort();
    await talking;
    before.close();
  } finally {
    await first.stop();
  }
  // What a restore that was killed has left.
  for (const name of ['restore.unfinished', 'postgres.new']) {
    mkdirSync(join(into.path, name));
    writeFileSync(join(into.path, name, 'temporal.db'), 'half');
  }
  const restored = await runScript('restore', { CRMFLOW_DATA_DIR: into.path }, [backup]);
  expect([restored.stderr, restored.code]).toEqual(['', 0]);
  expect(readdirSync(into.path).filter((name) => /unfinished|new/.test(name))).toEqual([]);
  system = await startSystem({ dataDir: into.path });
  client = await logIn(system.url, account);
});

afterAll(async () => {
  client?.close();
  await system?.stop();
  for (const path of [from.path, into.path, backup]) rmSync(path, { recursive: true, force: true });
});

it('copies an installation that goes on meanwhile', () => {
  expect([backedUp.stderr, backedUp.code]).toEqual(['', 0]);
  const later = [...acknowledged].filter(
    ([runId, texts]) => texts.length > (promised.get(runId)?.length ?? 0),
  );
  expect(later).toHaveLength(talkers);
});

it('lets no other user of the machine read the copy', () => {
  expect(statSync(backup).mode & 0o077).toBe(0);
});

it('has every message that was acknowledged before, in order and once', async () => {
  for (const [runId, texts] of promised) {
    const told = await until(`the messages of ${runId}`, async () => {
      const found = await toldIn(runId);
      return found.length >= texts.length && found;
    });
    expect(told.slice(0, texts.length)).toEqual(texts);
    const all = acknowledged.get(runId)?.slice(0, told.length) ?? [];
    // The last may have been on its way.
    expect(told.slice(0, all.length)).toEqual(all);
  }
});

it('goes on with every run, to its end', async () => {
  for (const runId of promised.keys()) {
    const end = { message: 'done', messageId: 'the-end' };
    expect((await client.call('POST', `/api/runs/${runId}/messages`, end)).status).toBe(202);
    const { status } = await until(`${runId} to end`, async () => {
      const snapshot = await client.snapshot(runId);
      return snapshot.finishedAt !== undefined && snapshot;
    });
    expect(status).toBe('completed');
    expect((await toldIn(runId)).at(-1)).toBe('done');
  }
});

it('restores into an empty folder only', async () => {
  const { code, stderr } = await runScript('restore', { CRMFLOW_DATA_DIR: from.path }, [backup]);
  expect([code, stderr]).toEqual([
    1,
    `There is an installation in ${from.path} already. Set CRMFLOW_DATA_DIR to an empty folder, or move that one away.\n`,
  ]);
});

it('refuses what is no backup, and leaves nothing behind', async () => {
  const empty = newFolder();
  const { code, stderr } = await runScript('restore', { CRMFLOW_DATA_DIR: empty.path }, [
    from.path,
  ]);
  expect([code, stderr]).toEqual([
    1,
    `${from.path} is not a backup: it has no readable backup.json.\n`,
  ]);
  expect(readdirSync(empty.path).sort()).toEqual(['logs', 'run']);
  empty.remove();
});

it.each([
  ['lacks the database of Temporal', 'temporal.db', 'is damaged: temporal.db is missing.'],
  ['has no folder of PostgreSQL where there should be one', 'postgres', 'ENOTDIR'],
])('says what is wrong with a backup that %s, and leaves nothing behind', async (_, name, why) => {
  const damaged = newFolder();
  const empty = newFolder();
  cpSync(backup, damaged.path, { recursive: true });
  rmSync(join(damaged.path, name), { recursive: true });
  if (name === 'postgres') writeFileSync(join(damaged.path, name), '');
  const { code, stderr } = await runScript('restore', { CRMFLOW_DATA_DIR: empty.path }, [
    damaged.path,
  ]);
  expect(code).toBe(1);
  expect(stderr).toContain(why);
  expect(readdirSync(empty.path).sort()).toEqual(['logs', 'run']);
  for (const folder of [damaged, empty]) folder.remove();
});

it('copies an installation that does not run, too', async () => {
  const target = `${from.path}-backup`;
  const { code, stderr } = await runScript('backup', { CRMFLOW_DATA_DIR: from.path }, [target]);
  expect([stderr, code]).toEqual(['', 0]);
  expect(existsSync(join(target, 'postgres', 'pg_wal'))).toBe(true);
  const again = await runScript('backup', { CRMFLOW_DATA_DIR: from.path }, [target]);
  expect([again.code, again.stderr]).toEqual([1, `${target} exists already. Name a new folder.\n`]);
  rmSync(target, { recursive: true });
});
