import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ask } from '../../testing/ask.js';
import { openRunHarness, type RunHarness } from '../../testing/run-harness.js';

let harness: RunHarness;
let token: string;
let connection: Connection;
beforeAll(async () => {
  harness = await openRunHarness();
  ({ token } = await harness.newUser());
  connection = await Connection.connect({ address: inject('temporalAddress') });
});
afterAll(async () => {
  await connection.close();
  await harness.close();
});

const post = (path: string, json: object, as = token) =>
  ask(harness.api, `POST /api/runs/${path}`, { token: as, json });

/** A run that told that it is paused before its trigger. */
async function pausedRun(): Promise<{ runId: string; node: string }> {
  const id = await harness.saveFlow(token);
  const json = { version: 'draft', mode: 'step' };
  const { body } = await ask(harness.api, `POST /api/workflows/${id}/runs`, { token, json });
  const runId = body.runId as string;
  const flow = await ask(harness.api, `GET /api/workflows/${id}`, { token });
  const node = flow.body.nodes[0].id as string;
  await harness.record(
    runId,
    1,
    [{ type: 'paused', nodeId: node, visit: 1, data: { reason: 'step' } }],
    {
      status: 'paused',
      stepping: true,
      currentNodes: [{ nodeId: node, visit: 1, state: 'paused', reason: 'step' }],
    },
  );
  return { runId, node };
}

/** What Temporal holds for a run. */
async function signalsOf(runId: string): Promise<unknown[]> {
  const history = await new Client({ connection }).workflow.getHandle(runId).fetchHistory();
  return (history.events ?? []).flatMap(({ workflowExecutionSignaledEventAttributes: signal }) => {
    const [payload] = signal?.input?.payloads ?? [];
    return payload?.data ? [JSON.parse(Buffer.from(payload.data).toString()) as unknown] : [];
  });
}

describe('commands to a run', () => {
  it('are acknowledged once Temporal has them, each for the node that was meant', async () => {
    const { runId, node } = await pausedRun();
    const answers = [
      await post(`${runId}/execute`, { nodeId: node }),
      await post(`${runId}/advance`, { fromNodeId: node, visit: 1 }),
      await post(`${runId}/continue`, {}),
      await post(`${runId}/pause-points`, { nodeIds: [node] }),
    ];
    expect(answers.map(({ status, body }) => [status, body])).toEqual(
      answers.map(() => [202, { accepted: true }]),
    );
    const at: unknown = expect.any(Number);
    expect(await signalsOf(runId)).toEqual([
      { kind: 'execute', nodeId: node, visit: 1, at },
      { kind: 'skip', nodeId: node, visit: 1, at },
      { kind: 'continue', nodeId: node, visit: 1, at },
      { kind: 'pausePoints', nodeIds: [node], at },
    ]);
  });

  it('work over a socket too, in order', async () => {
    const { runId, node } = await pausedRun();
    const { send } = await harness.connect(token);
    expect(
      await Promise.all([
        send('node:execute', { runId, nodeId: node, visit: 1 }),
        send('workflow:advance', { runId, fromNodeId: node }),
        send('workflow:continue', { runId }),
        send('workflow:pause_points', { runId, nodeIds: [] }),
      ]),
    ).toEqual(Array(4).fill({ ok: true, accepted: true }));
    expect(await signalsOf(runId)).toMatchObject(
      ['execute', 'skip', 'continue', 'pausePoints'].map((kind) => ({ kind })),
    );
    expect(await send('node:execute', { runId, nodeId: node, visit: 0 })).toMatchObject({
      error: { code: 'invalid', errors: [{ path: 'visit' }] },
    });
  });

  it('are refused for another node, an unknown node and a finished run', async () => {
    const { runId, node } = await pausedRun();
    const answerTo = async (path: string, json: object) => {
      const { status, body } = await post(`${runId}/${path}`, json);
      return [status, body.code, body.errors?.[0].path ?? body.pausedBefore];
    };
    const there = { nodeId: node, visit: 1 };
    expect(await answerTo('execute', { nodeId: node, visit: 2 })).toEqual([
      ...[409, 'not_paused_there', there],
    ]);
    expect(await answerTo('continue', { visit: 7 })).toEqual([409, 'not_paused_there', there]);
    expect(await answerTo('execute', { nodeId: 'none' })).toEqual([422, 'invalid', 'nodeId']);
    expect(await answerTo('advance', { fromNodeId: 'none' })).toEqual([
      ...[422, 'invalid', 'fromNodeId'],
    ]);
    expect(await answerTo('pause-points', { nodeIds: [node, 'none'] })).toEqual([
      ...[422, 'invalid', 'nodeIds[1]'],
    ]);
    expect(await signalsOf(runId)).toEqual([]);
    await harness.record(runId, 2, [{ type: 'run.finished', data: { status: 'completed' } }], {
      status: 'completed',
    });
    for (const [path, json] of [
      ['execute', { nodeId: node }],
      ['advance', { fromNodeId: node }],
      ['continue', {}],
      ['pause-points', { nodeIds: [] }],
    ] as const) {
      expect((await answerTo(path, json)).slice(0, 2)).toEqual([409, 'run_finished']);
    }
  });

  it('are for the owner only', async () => {
    const { runId, node } = await pausedRun();
    const other = await harness.newUser();
    for (const [path, json] of [
      ['execute', { nodeId: node }],
      ['advance', { fromNodeId: node }],
      ['continue', {}],
      ['pause-points', { nodeIds: [node] }],
    ] as const) {
      expect((await post(`${runId}/${path}`, json, other.token)).status).toBe(404);
    }
    expect(await signalsOf(runId)).toEqual([]);
  });
});

describe('starting in step mode', () => {
  it('takes pause points at its start, and refuses unknown nodes', async () => {
    const id = await harness.saveFlow(token);
    const start = (json: object) =>
      ask(harness.api, `POST /api/workflows/${id}/runs`, {
        token,
        json: { version: 'draft', ...json },
      });
    const refused = await start({ pausePoints: ['none'] });
    expect([refused.status, refused.body.errors]).toEqual([
      422,
      [{ path: 'pausePoints[0]', message: 'is not a node of this flow: "none"' }],
    ]);
    const flow = await ask(harness.api, `GET /api/workflows/${id}`, { token });
    const pausePoints = [flow.body.nodes[1].id];
    const request = { mode: 'step', pausePoints, requestId: 'steps' };
    const { body } = await start(request);
    const snapshot = await ask(harness.api, `GET /api/runs/${body.runId}`, { token });
    expect(snapshot.body).toMatchObject({ mode: 'step', stepping: true, pausePoints, stale: true });
    expect((await start(request)).body.runId).toBe(body.runId);
    expect((await start({ ...request, pausePoints: [] })).body.code).toBe('request_id_reused');
  });
});
