import type { Page, Problem, RunSummary, Version, WireEvent } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import type { Client } from '../support/client.js';
import { ask, type Draft, row, say } from '../support/flows.js';
import { useInstallation } from '../support/installation.js';
import { until } from '../support/until.js';

const site = useInstallation();

/** A question, and then a word that tells the versions apart. */
const draftOf = (word: string, question = 'question'): Draft =>
  row([ask(question), say('word', word)], { name: 'Versions' });

const inTens = async <T>(items: readonly T[], work: (item: T) => Promise<void>) => {
  for (let i = 0; i < items.length; i += 10) await Promise.all(items.slice(i, i + 10).map(work));
};

/** What one does with versions, over REST alone. */
function versionsOf(client: Client, workflowId: string) {
  const flow = `/api/workflows/${workflowId}`;
  const runsWith = async (query: string) => {
    const path = `/api/runs?workflowId=${workflowId}&limit=200${query}`;
    return (await client.call<Page<RunSummary>>('GET', path)).body.items;
  };
  return {
    async publish(draft?: Draft): Promise<number> {
      if (draft) {
        const { body } = await client.call<{ revision: number }>('GET', flow);
        const changed = { ...draft, revision: body.revision };
        expect((await client.call('PUT', flow, changed)).status).toBe(200);
      }
      const answer = await client.call<Version>('POST', `${flow}/publish`);
      expect(answer.status).toBe(201);
      return answer.body.number;
    },
    async start(count: number): Promise<string[]> {
      const runs: string[] = [];
      await inTens(Array.from({ length: count }), async () => {
        const { status, body } = await client.call<{ runId: string }>('POST', `${flow}/runs`, {});
        expect(status).toBe(201);
        runs.push(body.runId);
      });
      return runs;
    },
    allWaiting: (count: number) =>
      until(
        `${count} runs to wait`,
        async () => (await runsWith('&status=waiting')).length === count,
        {
          timeoutMs: 90_000,
          everyMs: 200,
        },
      ),
    noneOpen: () =>
      until('all runs to end', async () => (await runsWith('')).every((run) => run.finishedAt), {
        timeoutMs: 90_000,
        everyMs: 200,
      }),
    async reply(runId: string): Promise<void> {
      const json = { message: 'go on', messageId: `reply-${runId}` };
      const { status } = await client.call('POST', `/api/runs/${runId}/messages`, json);
      expect(status).toBe(202);
    },
    /** The version that a run is on, how it ended, and what it said. */
    async ended(runId: string) {
      const { version, status, messages } = await client.snapshot(runId);
      const said = messages.filter(({ role }) => role === 'system').map(({ text }) => text);
      return { version, status, said };
    },
  };
}

describe('publishing', () => {
  it('amid a hundred waiting runs leaves each on its version', async () => {
    const { client } = site;
    const flow = versionsOf(client, await client.save(draftOf('old')));
    expect(await flow.publish()).toBe(1);
    const old = await flow.start(100);
    await flow.allWaiting(100);

    // Half of the replies come before the new version, half after, and some at the same time.
    const [early, late] = [old.slice(0, 50), old.slice(50)];
    const replies = inTens(early, flow.reply);
    expect(await flow.publish(draftOf('new'))).toBe(2);
    const fresh = await flow.start(10);
    await replies;
    await inTens([...late, ...fresh], flow.reply);
    await flow.noneOpen();

    for (const [runs, version, word] of [
      [old, 1, 'old'],
      [fresh, 2, 'new'],
    ] as const) {
      for (const runId of runs) {
        expect(await flow.ended(runId)).toEqual({ version, status: 'completed', said: [word] });
      }
    }
    const told = await client.call<Page<WireEvent>>('GET', `/api/runs/${fresh[0]}/events?limit=1`);
    expect(told.body.items[0]).toMatchObject({ type: 'run.started', data: { version: 2 } });
  });

  it('moves waiting runs that are migrated, and refuses where their node is gone', async () => {
    const { client } = site;
    const flow = versionsOf(client, await client.save(draftOf('old')));
    await flow.publish();
    const runs = await flow.start(100);
    await flow.allWaiting(100);
    const same = await flow.publish(draftOf('new'));
    const other = await flow.publish(draftOf('elsewhere', 'another'));
    const [stay, move, refused] = [runs.slice(0, 40), runs.slice(40, 70), runs.slice(70)];
    const migrate = (runId: string, version: number) =>
      client.call<Problem>('POST', `/api/runs/${runId}/migrate`, { version });

    await inTens(move, async (runId) => {
      const { status, body } = await migrate(runId, same);
      expect([status, body]).toEqual([200, { runId, version: same }]);
    });
    await inTens(refused, async (runId) => {
      const { status, body } = await migrate(runId, other);
      expect([status, body.code]).toEqual([422, 'node_missing']);
      expect(body.errors?.[0]?.message).toContain('question');
    });
    await inTens(runs, flow.reply);
    await flow.noneOpen();

    for (const [group, version, word] of [
      [stay, 1, 'old'],
      [move, same, 'new'],
      [refused, 1, 'old'],
    ] as const) {
      for (const runId of group) {
        expect(await flow.ended(runId)).toEqual({ version, status: 'completed', said: [word] });
      }
    }
  });

  it('lets runs name their version, and an older one be restored', async () => {
    const { client } = site;
    const id = await client.save(draftOf('one'));
    const flow = versionsOf(client, id);
    await flow.publish();
    await flow.publish(draftOf('two'));
    const start = async (version: unknown) => {
      const { body } = await client.call<{ runId: string }>('POST', `/api/workflows/${id}/runs`, {
        ...(version !== undefined && { version }),
      });
      await flow.reply(body.runId);
      return body.runId;
    };
    const first = await start(1);
    const restored = await client.call('POST', `/api/workflows/${id}/versions/1/restore`);
    expect(restored).toMatchObject({ status: 200, body: { revision: 3 } });
    const [newest, draft] = [await start(undefined), await start('draft')];
    await flow.noneOpen();
    expect(await flow.ended(first)).toMatchObject({ version: 1, said: ['one'] });
    expect(await flow.ended(newest)).toMatchObject({ version: 2, said: ['two'] });
    expect(await flow.ended(draft)).toMatchObject({ version: 'draft', said: ['one'] });
    const { body } = await client.call<Page<Version>>('GET', `/api/workflows/${id}/versions`);
    expect(body.items.map(({ number }) => number)).toEqual([2, 1]);
  });
});
