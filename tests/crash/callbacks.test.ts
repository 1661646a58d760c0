import { expect, it } from 'vitest';
import { ask, node, row } from '../support/flows.js';
import { useInstallation } from '../support/installation.js';
import { until } from '../support/until.js';
import { killable } from './kill-plan.js';

const site = useInstallation();

const approvals = 12;

/** A flow that sends its address to a service, which calls it back. */
const flow = () =>
  row([
    node('send', 'integration', {
      ...{ kind: 'http', method: 'POST', url: `${site.echo.url}/echo` },
      ...{ body: { callback: '{{ callbackUrl() }}' }, saveAs: 'sent' },
    }),
    ask('approval', { expect: 'callback', timeout: 'P2W' }),
    node('nap', 'logic', { kind: 'wait', duration: 'PT1S' }),
  ]);

/** The status, and what is accepted or why not. */
type Answered = [status: number, what: unknown];

/** Calls an address until somebody answers, however often nobody is there to do so. */
const call = (url: string, decision: string) =>
  until<Answered>(
    `an answer of ${url}`,
    async () => {
      const path = new URL(url).pathname;
      const response = await fetch(site.system.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ decision }),
      }).catch(() => undefined);
      if (!response || response.status >= 500) return undefined;
      const { accepted, code } = (await response.json()) as Record<string, unknown>;
      return [response.status, accepted ?? code];
    },
    { timeoutMs: 100_000, everyMs: 50 },
  );

it.each(killable)(
  'each call answers its run once while %s is killed again and again',
  async (part) => {
    const { client, system } = site;
    const workflowId = await client.save(flow());
    const runs = await Promise.all(
      Array.from({ length: approvals }, async () => {
        const body = { version: 'draft' };
        const started = await client.call<{ runId: string }>(
          'POST',
          `/api/workflows/${workflowId}/runs`,
          body,
        );
        return started.body.runId;
      }),
    );
    const snapshotOf = (runId: string, status: string) =>
      until(
        `${runId} to be ${status}`,
        async () => {
          const snapshot = await client.snapshot(runId).catch(() => undefined);
          return snapshot?.status === status ? snapshot : undefined;
        },
        { timeoutMs: 100_000, everyMs: 100 },
      );
    const urls = await Promise.all(
      runs.map(async (runId) => {
        const { variables } = await snapshotOf(runId, 'waiting');
        const sent = variables['sent'] as { body: string | { callback: string } };
        const body = typeof sent.body === 'string' ? JSON.parse(sent.body) : sent.body;
        return (body as { callback: string }).callback;
      }),
    );
    let isOver = false;
    const killing = (async () => {
      for (let kill = 0; kill < 3 && !isOver; kill += 1) await system.kill(part);
    })();
    // Twice by the same caller, as services do who have heard nothing, and once by another.
    const answers = await Promise.all(
      urls.map((url, i) =>
        Promise.all([call(url, `yes ${i}`), call(url, `yes ${i}`), call(url, `no ${i}`)]),
      ),
    );
    isOver = true;
    await killing;
    for (const [i, [first, again, other]] of answers.entries()) {
      const { variables } = await snapshotOf(runs[i]!, 'completed');
      expect(again).toEqual(first);
      const isYes = first[0] === 202;
      expect(isYes ? first : other).toEqual([202, true]);
      expect(isYes ? other : first).toEqual([409, 'callback_used']);
      expect(variables['approval']).toEqual({ decision: `${isYes ? 'yes' : 'no'} ${i}` });
      // The same weeks later, and after the run.
      expect(await call(urls[i]!, `yes ${i}`)).toEqual(first);
      const log = await client.events(runs[i]!);
      expect(log.map(({ seq }) => seq)).toEqual(log.map((_, at) => at + 1));
      expect(
        log.filter(
          ({ type, data }) => type === 'variable.set' && 'name' in data && data.name === 'approval',
        ),
      ).toHaveLength(1);
    }
  },
);
