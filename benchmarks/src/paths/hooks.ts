import { randomUUID } from 'node:crypto';
import type { WebhookDeployment } from '@crmflow/contracts';
import { node, row } from '../../../tests/support/flows.js';
import { quantile } from '../../../tests/support/quantile.js';
import { spawnFloorWorker } from '../floor/spawn.js';
import type { Harness } from '../harness.js';
import { inTurns, median, took } from '../measure.js';
import type { Line } from '../table.js';
import { perSecond, type Start } from './per-second.js';

const atOnce = 20;
const perRound = 200;
const rounds = 5;

/** A published flow that a webhook starts, and that sets a variable. @returns its address */
async function deploy({ user }: Harness): Promise<string> {
  const assign = [{ name: 'amount', value: '{{ input.body.amount }}' }];
  const { nodes, ...rest } = row([node('keep', 'logic', { kind: 'set', assign })]);
  const trigger = node('start', 'trigger', { kind: 'webhook' });
  const id = await user.save({ ...rest, nodes: [trigger, ...nodes.slice(1)] });
  await user.call('POST', `/api/workflows/${id}/publish`, {});
  const { status, body } = await user.call<WebhookDeployment>(
    'POST',
    `/api/workflows/${id}/deployments`,
    { kind: 'webhook', settings: { auth: { kind: 'none' }, respond: 'accepted' } },
  );
  if (status !== 201) throw new Error(`deploying answered ${status}`);
  return body.url;
}

const p95 = (samples: readonly number[]) => quantile(samples, 0.95);

/**
 * Webhooks that are accepted, each of which starts a run and is remembered by its key, against a bare
 * signal-with-start of a workflow that ends with it.
 */
export async function hooks(harness: Harness): Promise<Line[]> {
  const { temporal, temporalAddress } = harness;
  const taskQueue = `floor-${randomUUID()}`;
  const worker = await spawnFloorWorker({ address: temporalAddress, taskQueue });
  const url = await deploy(harness);
  const times = { path: [] as number[], floor: [] as number[] };

  const deliver: Start = async () => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID() };
    const ms = await took(async () => {
      const answer = await fetch(url, { method: 'POST', headers, body: '{"amount": 12}' });
      if (answer.status !== 202) throw new Error(`the webhook answered ${answer.status}`);
      await answer.arrayBuffer();
    });
    times.path.push(ms);
  };
  const bare: Start = async () => {
    const ms = await took(() =>
      temporal.workflow.signalWithStart('bareReply', {
        ...{ workflowId: `bare-${randomUUID()}`, taskQueue, workflowTaskTimeout: '5s' },
        ...{ args: [], signal: 'mark', signalArgs: ['end'] },
      }),
    );
    times.floor.push(ms);
  };
  const ofARound = (start: Start) => Array.from({ length: perRound }, () => start);
  const rate = await inTurns(rounds, {
    path: () => perSecond(ofARound(deliver), atOnce),
    floor: () => perSecond(ofARound(bare), atOnce),
  });
  await worker.stop();
  return [
    {
      what: `accepted webhooks a second, ${atOnce} at once, against signal-with-start`,
      ...{ path: median(rate.path), floor: median(rate.floor), unit: '/s' },
    },
    {
      what: 'until a webhook is accepted, p95 of them',
      ...{ path: p95(times.path), floor: p95(times.floor), unit: 'ms' },
    },
  ];
}
