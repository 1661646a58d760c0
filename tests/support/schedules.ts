import type { Firing, Page, RunSummary, ScheduleDeployment } from '@crmflow/contracts';
import type { Client } from './client.js';
import { type Draft, node, row } from './flows.js';
import { until } from './until.js';

/** A schedule of a published flow. */
export type Scheduled = ScheduleDeployment & { flowId: string };

/** A flow that a schedule starts. */
export function scheduledFlow(nodes: Parameters<typeof row>[0]): Draft {
  const flow = row(nodes, { name: 'Report' });
  const [, ...others] = flow.nodes;
  return { ...flow, nodes: [node('start', 'trigger', { kind: 'schedule' }), ...others] };
}

/** A whole second that comes in so many seconds. */
export const secondsAhead = (seconds: number): Date =>
  new Date(Math.ceil(Date.now() / 1000 + seconds) * 1000);

/** Settings of a schedule that has one time, and no other. */
export const onceAt = (at: Date) => ({
  every: 'PT1M',
  startAt: at.toISOString(),
  endAt: new Date(at.getTime() + 1000).toISOString(),
});

/** Saves and publishes a flow, and gives it a schedule. */
export async function deploySchedule(
  client: Client,
  draft: Draft,
  settings: object,
): Promise<Scheduled> {
  const flowId = await client.save(draft);
  const published = await client.call('POST', `/api/workflows/${flowId}/publish`);
  if (published.status !== 201) throw new Error(`publishing answered ${published.status}`);
  const made = await client.call<ScheduleDeployment>(
    ...(['POST', `/api/workflows/${flowId}/deployments`] as const),
    { kind: 'schedule', settings },
  );
  if (made.status !== 201) throw new Error(`deploying answered ${JSON.stringify(made.body)}`);
  return { ...made.body, flowId };
}

/** What became of the times of a schedule, the oldest first. */
export async function firingsOf(client: Client, { id }: { id: string }): Promise<Firing[]> {
  const path = `/api/deployments/${id}/firings?limit=100`;
  return (await client.call<Page<Firing>>('GET', path)).body.items.reverse();
}

/** The runs of the flow of a schedule, the newest first. */
export async function runsOf(
  client: Client,
  { flowId }: { flowId: string },
): Promise<RunSummary[]> {
  const path = `/api/runs?workflowId=${flowId}&limit=100`;
  return (await client.call<Page<RunSummary>>('GET', path)).body.items;
}

/** Waits until so many times of a schedule are settled, and gives what became of them. */
export const settledFirings = (client: Client, schedule: Scheduled, count: number) =>
  until(
    `${count} settled times`,
    async () => {
      const found = await firingsOf(client, schedule);
      const open = found.some(({ state }) => ['due', 'starting', 'running'].includes(state));
      return found.length >= count && !open && found;
    },
    { timeoutMs: 90_000, everyMs: 200 },
  );
