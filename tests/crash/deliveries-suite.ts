import type { Page, RunSummary, WebhookDeployment } from '@crmflow/contracts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { node, row } from '../support/flows.js';
import { useInstallation } from '../support/installation.js';
import { until } from '../support/until.js';
import { killMeanwhile, killPlan } from './kill-plan.js';

/** How many deliveries of how many keys each of two senders sends while each part is killed so often. */
type Size = { deliveries: number; keys: number; killsOfEach: number; seed: number };

/** Deliveries that one sender has under way at once. */
const atOnce = 25;

/** A flow that a webhook starts, and that answers with what it was sent. */
function flow() {
  const { nodes, ...rest } = row([
    node('note', 'logic', {
      kind: 'set',
      assign: [{ name: 'key', value: '{{ input.body.key }}' }],
    }),
    node('nap', 'logic', { kind: 'wait', duration: 'PT1S' }),
  ]);
  return { ...rest, nodes: [node('start', 'trigger', { kind: 'webhook' }), ...nodes.slice(1)] };
}

/** Does all of it, so much at once. */
async function each<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  const worker = async () => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** Makes the test of a storm of deliveries, most of which come again and again. */
export function testDeliveries({ deliveries, keys, killsOfEach, seed }: Size): void {
  const site = useInstallation();

  it(`${deliveries} deliveries of ${keys} keys, sent twice under kills, start ${keys} runs`, async () => {
    const { client, system } = site;
    const id = await client.save(flow());
    expect((await client.call('POST', `/api/workflows/${id}/publish`)).status).toBe(201);
    const settings = { auth: { kind: 'none' }, respond: 'accepted' };
    const made = await client.call<WebhookDeployment>('POST', `/api/workflows/${id}/deployments`, {
      ...{ kind: 'webhook', settings },
    });
    const url = `${system.url}/hooks/${made.body.slug}`;
    const any = fc.array(fc.nat(keys - 1), { minLength: deliveries, maxLength: deliveries });
    const drawn = fc.sample(any, { seed, numRuns: 1 })[0] ?? [];
    // Each key at least once, whatever is drawn.
    const sent = [...drawn.slice(keys), ...Array.from({ length: keys }, (_, key) => key)];
    const answers = new Map<number, Set<string>>();
    let answered = 0;

    /** Sends as services do: again, until somebody answers. */
    const deliver = async (key: number) => {
      const body = { key: `k-${key}` };
      const answer = await until(
        `an answer to ${body.key}`,
        async () => {
          const headers = { 'content-type': 'application/json', 'idempotency-key': body.key };
          const response = await fetch(url, {
            ...{ method: 'POST', headers, body: JSON.stringify(body) },
          }).catch(() => null);
          if (!response || response.status >= 500 || response.status === 429) return undefined;
          return `${response.status} ${await response.text()}`;
        },
        { timeoutMs: 150_000, everyMs: 100 },
      );
      answers.set(key, (answers.get(key) ?? new Set<string>()).add(answer));
      answered += 1;
    };

    const going = Promise.all([each(sent, deliver), each([...sent].reverse(), deliver)]);
    const killed = await killMeanwhile(killPlan(seed, killsOfEach), system, {
      ...{ going, eventsSoFar: () => answered, total: 2 * sent.length },
    });
    expect(killed).toHaveLength(4 * killsOfEach);
    const different = [...answers.values()].filter(({ size }) => size !== 1);
    expect([answers.size, different]).toEqual([keys, []]);

    const runs = await until(
      'all runs to end',
      async () => {
        const found: RunSummary[] = [];
        for (let cursor: string | null = ''; cursor !== null;) {
          const at: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
          const path = `/api/runs?workflowId=${id}&limit=200${at}`;
          const { body } = await client.call<Page<RunSummary>>('GET', path);
          found.push(...body.items);
          cursor = body.nextCursor;
        }
        return found.every(({ status }) => status === 'completed') && found;
      },
      { timeoutMs: 150_000, everyMs: 500 },
    );
    expect(runs).toHaveLength(keys);
    const told = [...answers.values()].map(([answer = '']) => answer);
    expect(
      new Set(told.map((answer) => (JSON.parse(answer.slice(4)) as RunSummary).runId)),
    ).toEqual(new Set(runs.map(({ runId }) => runId)));
  });
}
