import { expect, it } from 'vitest';
import { node, row } from '../support/flows.js';
import { useInstallation } from '../support/installation.js';
import { until } from '../support/until.js';
import { killable } from './kill-plan.js';

const site = useInstallation();

const many = 12;

/** Each run runs a flow twice, which counts what it is given in naps and one after the other. */
const inner = () =>
  row([
    node('nap', 'logic', { kind: 'wait', duration: 'PT1S' }),
    node('next', 'logic', {
      kind: 'set',
      assign: [{ name: 'next', value: '{{ input.n + 1 }}' }],
    }),
  ]);

const outer = (workflowId: string) => {
  const call = (id: string, input: object) =>
    node(id, 'integration', { kind: 'flow', workflowId, input, saveAs: id });
  return row([
    call('first', { n: '{{ input.n }}' }),
    call('second', { n: '{{ vars.first.next }}' }),
  ]);
};

it.each(killable)('each visit runs one flow while %s is killed again and again', async (part) => {
  const { client, system } = site;
  const innerId = await client.save(inner());
  expect((await client.call('POST', `/api/workflows/${innerId}/publish`)).status).toBe(201);
  const outerId = await client.save(outer(innerId));
  const runs = await Promise.all(
    Array.from({ length: many }, async (_, n) => {
      const body = { version: 'draft', input: { n } };
      const path = `/api/workflows/${outerId}/runs`;
      return (await client.call<{ runId: string }>('POST', path, body)).body.runId;
    }),
  );
  let isOver = false;
  const killing = (async () => {
    for (let kill = 0; kill < 3 && !isOver; kill += 1) await system.kill(part);
  })();
  const ended = await Promise.all(
    runs.map((runId) =>
      until(
        `${runId} to be completed`,
        async () => {
          const snapshot = await client.snapshot(runId).catch(() => undefined);
          return snapshot?.status === 'completed' ? snapshot : undefined;
        },
        { timeoutMs: 100_000, everyMs: 100 },
      ),
    ),
  );
  isOver = true;
  await killing;
  for (const [n, { variables, children = [] }] of ended.entries()) {
    expect(variables['second']).toEqual({ next: n + 2 });
    expect(children.map(({ nodeId, visit, status }) => [nodeId, visit, status])).toEqual([
      ['second', 1, 'completed'],
      ['first', 1, 'completed'],
    ]);
    for (const { runId } of children) {
      const log = await client.events(runId);
      expect(log.map(({ seq }) => seq)).toEqual(log.map((_, at) => at + 1));
      expect(log.filter(({ type }) => type === 'run.started')).toHaveLength(1);
    }
  }
});
