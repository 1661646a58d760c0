import { readdirSync, rmSync } from 'node:fs';
import type { RunSnapshot } from '@crmflow/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, logIn } from '../support/client.js';
import { type FakeGemini, startFakeGemini } from '../support/fake-gemini.js';
import { type OwnSystem, startSystem } from '../support/system.js';
import { until } from '../support/until.js';
import { type Recorded, restore } from './restore.js';

const recordings = readdirSync(new URL('recorded', import.meta.url));

describe.each(recordings)('a data folder of %s', (folder) => {
  let recorded: Recorded;
  let gemini: FakeGemini;
  let system: OwnSystem;
  let client: Client;

  const runOf = (name: string) => recorded.runs[name] ?? `no run of ${name}`;
  const textsOf = ({ messages }: RunSnapshot) => messages.map(({ text }) => text);

  const say = async (name: string, message: string, messageId: string) => {
    const path = `/api/runs/${runOf(name)}/messages`;
    const { status, body } = await client.call('POST', path, { message, messageId });
    expect([status, body]).toEqual([202, expect.objectContaining({ accepted: true })]);
  };
  const finished = (name: string) =>
    until(`the run of ${name} to end`, async () => {
      const snapshot = await client.snapshot(runOf(name));
      return snapshot.finishedAt !== undefined && snapshot;
    });
  /** Its log, which must have no gap. */
  const logOf = async (name: string) => {
    const events = await client.events(runOf(name));
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
    return events;
  };

  beforeAll(async () => {
    recorded = await restore(folder);
    gemini = await startFakeGemini({
      handle: ({ body, prompt }) =>
        // The conversation with a goal: its function says that the goal is met.
        body.tools
          ? {
              kind: 'answer',
              text: '',
              calls: [{ name: 'finish_conversation', args: { summary: 'Order 4711' } }],
            }
          : { kind: 'answer', text: `Answer to ${prompt}` },
    });
    system = await startSystem({
      dataDir: recorded.dataDir,
      env: { GEMINI_BASE_URL: gemini.url },
    });
    client = await logIn(system.url, recorded.account);
  });

  afterAll(async () => {
    client?.close();
    await system?.stop();
    await gemini?.close();
    if (recorded) rmSync(recorded.dataDir, { recursive: true, force: true });
  });

  it('starts with all its runs', async () => {
    const { body } = await client.call<{ items: { runId: string }[] }>('GET', '/api/runs');
    expect(body.items.map(({ runId }) => runId).sort()).toEqual(
      Object.values(recorded.runs).sort(),
    );
  });

  it('has everything in the personal workspace', async () => {
    const { body } = await client.call<{ items: { id: string; isPersonal: boolean }[] }>(
      'GET',
      '/api/workspaces',
    );
    expect(body.items).toMatchObject([{ isPersonal: true, role: 'owner', memberCount: 1 }]);
    for (const list of ['/api/workflows', '/api/runs', '/api/keys']) {
      const own = await client.call<{ items: unknown[] }>('GET', list);
      const named = await client.call(`GET`, `${list}?workspaceId=${body.items[0]?.id}`);
      expect(own.body.items.length).toBeGreaterThan(0);
      expect(named.body).toEqual(own.body);
    }
  });

  it('goes on with a run that waits for a reply', async () => {
    await say('reply', 'Grace', 'after');
    const snapshot = await finished('reply');
    expect(snapshot.status).toBe('completed');
    expect(textsOf(snapshot)).toEqual(['Grace', 'Hello Grace, seen 1']);
    await logOf('reply');
  });

  it('takes a choice', async () => {
    await say('choice', 'pro', 'after');
    expect(textsOf(await finished('choice'))).toContain('You chose pro');
  });

  it('knows each message of a long run, and goes on with it', async () => {
    const again = await client.call('POST', `/api/runs/${runOf('loop')}/messages`, {
      ...{ message: 'item 3', messageId: 'm3' },
    });
    expect(again.body).toMatchObject({ accepted: true, duplicate: true });
    await say('loop', 'done', 'after');
    const snapshot = await finished('loop');
    const items = Array.from({ length: 12 }, (_, i) => `item ${i}`);
    expect(textsOf(snapshot)).toEqual([...items, 'done', 'Bye after done']);
    await logOf('loop');
  });

  it('rings a timer that was due while nothing ran', async () => {
    const snapshot = await finished('timer');
    expect([snapshot.status, textsOf(snapshot)]).toEqual(['completed', ['Later']]);
  });

  it('steps through a run that was paused', async () => {
    const socket = client.socket();
    for (const nodeId of ['one', 'two']) {
      const { currentNodes } = await client.snapshot(runOf('step'));
      const [current] = currentNodes;
      const place = current?.nodeId === 'start' ? ['start', nodeId] : [nodeId];
      for (const at of place) {
        const answer = await socket.emitWithAck('node:execute', {
          ...{ runId: runOf('step'), nodeId: at },
        });
        expect(answer).toMatchObject({ ok: true });
        await until(`${at} to be left`, async () => {
          const snapshot = await client.snapshot(runOf('step'));
          return snapshot.currentNodes[0]?.nodeId !== at;
        });
      }
    }
    expect(textsOf(await finished('step'))).toEqual(['One', 'Two']);
  });

  it('asks the model with the key that its user stored', async () => {
    await say('model', 'Does it work?', 'after');
    expect(textsOf(await finished('model'))).toContain('Answer to Does it work?');
    const [request] = gemini.requests.filter(({ prompt }) => prompt === 'Does it work?');
    expect(request?.headers['x-goog-api-key']).toBe('stored-key-of-ada-4711');
  });

  it('goes on with a conversation that the model leads', async () => {
    await say('talk', 'It is 4711', 'after');
    const snapshot = await finished('talk');
    expect(textsOf(snapshot)).toEqual(['What is your order number?', 'It is 4711', 'Thank you']);
  });

  it('finds what its knowledge says', async () => {
    const { body } = await client.call<{ passages: { text: string }[] }>(
      'POST',
      '/api/knowledge/search',
      { query: 'returned goods' },
    );
    expect(body.passages[0]?.text).toContain('within thirty days');
  });
});
