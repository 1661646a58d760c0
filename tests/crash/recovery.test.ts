import { expect, it } from 'vitest';
import { ask, type Draft, node, row, say } from '../support/flows.js';
import { useInstallation } from '../support/installation.js';
import { until } from '../support/until.js';
import { killable } from './kill-plan.js';

const site = useInstallation();

/** Asks until the answer is one of these, however often nobody is there to give one. */
const insist = (path: string, body: object, wanted: readonly number[]) =>
  until(
    path,
    async () => {
      const asked = site.client.call<Record<string, unknown>>('POST', path, body);
      const answer = await asked.catch(() => undefined);
      return answer && wanted.includes(answer.status) ? answer.body : undefined;
    },
    { timeoutMs: 100_000, everyMs: 100 },
  );

const snapshotWhere = (runId: string, status: string) =>
  until(
    `${runId} to be ${status}`,
    async () => {
      const snapshot = await site.client.snapshot(runId).catch(() => undefined);
      return snapshot?.status === status ? snapshot : undefined;
    },
    { timeoutMs: 100_000, everyMs: 100 },
  );

const flow = (path: string, bye: string): Draft =>
  row([
    ask('name'),
    node('call', 'integration', { kind: 'http', url: `${site.echo.url}${path}` }),
    say('bye', bye),
  ]);

/** The texts of a run, once its numbers are found to have no gap. */
async function storyOf(runId: string): Promise<unknown[]> {
  const log = await site.client.events(runId);
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, i) => i + 1));
  return log.flatMap(({ type, data }) => (type === 'message' && 'text' in data ? [data.text] : []));
}

it.each(killable)('retry, fork and migrate tell one story while %s is killed', async (part) => {
  const { client, system } = site;
  const workflowId = await client.save(flow(`/status/400?times=1&${part}`, 'Old'));
  await client.call('POST', `/api/workflows/${workflowId}/publish`);
  const start = await client.call<{ runId: string }>(
    'POST',
    `/api/workflows/${workflowId}/runs`,
    {},
  );
  const { runId } = start.body;
  const { body } = await client.call<{ revision: number }>('GET', `/api/workflows/${workflowId}`);
  const { revision } = body;
  const next = flow(`/status/400?times=1&${part}`, 'New');
  await client.call('PUT', `/api/workflows/${workflowId}`, { ...next, revision });
  await client.call('POST', `/api/workflows/${workflowId}/publish`);
  await snapshotWhere(runId, 'waiting');

  const at = `/api/runs/${runId}`;
  await Promise.all([insist(`${at}/migrate`, { version: 2 }, [200]), system.kill(part)]);
  await insist(`${at}/messages`, { message: 'Ada', messageId: 'm' }, [202]);
  await snapshotWhere(runId, 'failed');
  // One whose answer was lost has happened all the same.
  await Promise.all([insist(`${at}/retry`, {}, [202, 409]), system.kill(part)]);
  await snapshotWhere(runId, 'completed');
  const request = { nodeId: 'name', repeatMessages: true, requestId: `fork ${part}` };
  const [fork] = await Promise.all([insist(`${at}/fork`, request, [200, 201]), system.kill(part)]);
  const forked = fork['runId'] as string;
  await snapshotWhere(forked, 'failed');
  await insist(`/api/runs/${forked}/retry`, {}, [202]);
  await snapshotWhere(forked, 'completed');

  expect(await storyOf(runId)).toEqual(['Ada', 'New']);
  expect(await storyOf(forked)).toEqual(['Ada', 'New']);
  const started = (await client.events(runId)).filter(({ type }) => type === 'run.started');
  expect(started).toMatchObject([
    { data: { version: 1 } },
    { data: { version: 2, resumed: { by: 'migrate' } } },
    { data: { version: 2, resumed: { by: 'retry' } } },
  ]);
  expect(site.echo.countOf(`${runId}:call:1`)).toBeGreaterThan(1);
});
