import type { FlowNodeInput } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { ask, edge, flowOf, node, row, say } from '../support/flows.js';
import { follow } from '../support/follower.js';
import { useInstallation } from '../support/installation.js';
import { retriesOf, spoken } from '../support/story.js';
import { until } from '../support/until.js';

const site = useInstallation();

const set = (id: string, assign: { name: string; value: unknown }[]) =>
  node(id, 'logic', { kind: 'set', assign });
const call = (data: object) => node('it', 'integration', { url: `${site.echo.url}/x`, ...data });
const text = '{{ input.text }}';
const many = (one: string) =>
  Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`x${i}`, one]));

describe('a run', () => {
  it('goes through a thousand nodes', async () => {
    const ids = Array.from({ length: 999 }, (_, i) => `n${i}`);
    const run = await site.hold(row(ids.map((id) => say(id, `I am ${id}`))));
    expect(await run.finished()).toMatchObject({ status: 'completed' });
    expect(spoken(run)).toEqual(ids.map((id) => `system: I am ${id}`));
    expect(run.faults).toEqual([]);
  });

  it('that works hard holds up no other', async () => {
    const value = '{{ input.list.all(a, input.list.all(b, a + b >= 0)) }}';
    const assign = Array.from({ length: 10 }, (_, i) => ({ name: `v${i}`, value }));
    const hard = Array.from({ length: 30 }, (_, i) => set(`s${i}`, assign));
    const busy = await site.hold(row(hard), { list: Array.from({ length: 100 }, (_, i) => i) });
    const quick = await site.hold(row([say('hi', 'Hi')]));
    expect(await quick.finished()).toMatchObject({ status: 'completed' });
    expect(busy.told.some(({ event }) => event === 'workflow:finished')).toBe(false);
    expect(await busy.finished()).toMatchObject({ status: 'completed' });
  });

  it('carries large values round and round', async () => {
    const again = { kind: 'branch', cases: [{ handle: 'yes', when: 'vars.n < 200' }] };
    const run = await site.hold(
      flowOf(
        [
          set('count', [
            { name: 'n', value: '{{ vars.n + 1 }}' },
            { name: 'x', value: text },
          ]),
          node('more', 'logic', again),
        ],
        [edge('start', 'out', 'count'), edge('count', 'out', 'more'), edge('more', 'yes', 'count')],
        { variables: [{ name: 'n', default: 0 }] },
      ),
      { text: 'x'.repeat(60_000) },
    );
    expect(await run.finished()).toMatchObject({ status: 'completed', output: { n: 200 } });
    expect(run.faults).toEqual([]);
  });

  it.each<[string, () => FlowNodeInput]>([
    ['a text', () => say('it', text.repeat(100))],
    ['a prompt', () => node('it', 'ai', { prompt: text.repeat(100) })],
    ['a system instruction', () => node('it', 'ai', { prompt: 'x', system: text.repeat(100) })],
    ['an address', () => call({ url: `${site.echo.url}/${text.repeat(100)}` })],
    ['a body', () => call({ method: 'POST', body: Array.from({ length: 100 }, () => text) })],
    ['headers', () => call({ headers: many(text) })],
    ['a query', () => call({ query: many(text) })],
    ['a saved answer', () => call({ url: `${site.echo.url}/bytes?count=100000`, saveAs: 'x' })],
  ])('is stopped where %s grows beyond measure', async (_, one) => {
    const run = await site.hold(row([one()]), { text: 'x'.repeat(60_000) });
    expect(await run.finished()).toMatchObject({
      status: 'failed',
      error: { code: 'value_too_large', nodeId: 'it' },
    });
  });

  it('takes ids of any letters', async () => {
    const id = 'Zähl:1 "ü" {x} 👋';
    const run = await site.hold(
      row([
        node(id, 'integration', { url: `${site.echo.url}/strange` }),
        ask('a b.c', { variable: 'x' }),
      ]),
    );
    await run.say('👋'.repeat(4_000));
    expect(await run.finished()).toMatchObject({ status: 'completed' });
    const keys = site.echo.requests.map(({ idempotencyKey }) => idempotencyKey);
    expect(keys).toContain(`${run.runId}:Z%C3%A4hl:1 "%C3%BC" {x} %F0%9F%91%8B:1`);
  });

  it('answers forty messages that nobody waited with', async () => {
    const nodes = Array.from({ length: 40 }, (_, i) => ask(`v${i}`));
    const run = await site.hold(row(nodes));
    await Promise.all(nodes.map(({ id }) => run.say(id)));
    const output = Object.fromEntries(nodes.map(({ id }) => [id, id]));
    expect(await run.finished()).toMatchObject({ status: 'completed', output });
  });
});

describe('a cancellation', () => {
  const cancel = async (run: Awaited<ReturnType<typeof site.hold>>) => {
    await run.socket.emitWithAck('session:end', { runId: run.runId });
    expect(await run.finished()).toMatchObject({ status: 'cancelled' });
  };

  it('comes before the next attempt', async () => {
    const data = { prompt: '[fake: 429 retry=200] late', retryFor: 'PT1H' };
    const run = await site.hold(row([node('it', 'ai', data)]));
    await until('the retry', () => retriesOf(run)[0]);
    await cancel(run);
  });

  it('breaks off a call', async () => {
    const run = await site.hold(row([call({ url: `${site.echo.url}/never` })]));
    await until('the call', () => site.echo.requests.some(({ path }) => path === '/never'));
    await cancel(run);
  });

  it('may come at once', async () => {
    await cancel(await site.hold(row([say('hi', 'Hi'), ask('it')])));
  });

  it('and all else is taken while there is no worker', async () => {
    const workflowId = await site.client.save(row([say('hi', 'Hi'), ask('it'), ask('more')]));
    const socket = site.client.socket();
    const worker = site.system.pidOf('worker') ?? 0;
    const start = async () => {
      const answer = await socket.emitWithAck('session:start', { workflowId, version: 'draft' });
      if (!answer.ok) throw new Error(answer.error.message);
      const { runId } = answer;
      const { snapshot } = await follow(site.client.socket(), runId);
      expect(snapshot).toMatchObject({ stale: true, lastSeq: 0, status: 'running' });
      const message = { runId, message: 'early', messageId: 'm' };
      expect(await socket.emitWithAck('user:message', message)).toMatchObject({ ok: true });
      expect(await socket.emitWithAck('session:end', { runId })).toMatchObject({ ok: true });
      return runId;
    };
    process.kill(worker, 'SIGSTOP');
    const runId = await start().finally(() => process.kill(worker, 'SIGCONT'));
    const after = await follow(site.client.socket(), runId, 0);
    await until('the end', () => after.told.some(({ status }) => status === 'cancelled'));
    expect(after.told.map(({ seq }) => seq)).toEqual(after.told.map((_, i) => i + 1));
  });
});
