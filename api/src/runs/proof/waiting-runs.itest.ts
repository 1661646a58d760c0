import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask } from '../../testing/ask.js';
import { openRunHarness, type RunHarness } from '../../testing/run-harness.js';

let harness: RunHarness;
let token: string;
beforeAll(async () => {
  harness = await openRunHarness();
  ({ token } = await harness.newUser());
});
afterAll(() => harness.close());

const position = { x: 0, y: 0 };
const node = (id: string, type: string, data: object) => ({ id, type, label: id, position, data });
const nodes = [
  node('start', 'trigger', { kind: 'manual' }),
  node('name', 'listen', { variable: 'name' }),
  node('age', 'listen', { variable: 'age' }),
  node('rest', 'logic', { kind: 'wait', duration: 'P1D' }),
];
const edges = ['name', 'age', 'rest'].map((target, i) => ({
  ...{ id: `e${i}`, source: nodes[i]?.id, sourceHandle: 'out', target },
}));

const call = (what: string, json?: object) =>
  ask(harness.api, what, { token, ...(json && { json }) });

/** A run of the newest version that says where it stands. */
async function runAt(flowId: string, nodeId: string, state: string, more: object = {}) {
  const { body } = await call(`POST /api/workflows/${flowId}/runs`, {});
  const currentNodes = [{ nodeId, visit: 1, state }];
  const status = state === 'active' ? 'running' : 'waiting';
  const view = { status, currentNodes, ...more } as never;
  await harness.record(body.runId, 1, [{ type: 'run.started' }], view);
  return body.runId as string;
}

const waitsAt = (nodeId: string) => ({ waiting: { nodeId, label: nodeId, expect: 'any' } });

it('tells which runs could move to the draft, and why the others could not', async () => {
  const id = await harness.saveFlow(token, { name: 'Waiting', nodes, edges });
  const path = `/api/workflows/${id}`;
  const read = async () => (await call(`GET ${path}/waiting-runs`)).body;
  expect((await call(`POST ${path}/publish`, {})).status).toBe(201);
  expect(await read()).toEqual({ runs: 0, movable: 0, staying: [], isComplete: true });

  await runAt(id, 'name', 'waiting', waitsAt('name'));
  const gone = [
    await runAt(id, 'age', 'waiting', waitsAt('age')),
    await runAt(id, 'age', 'waiting', waitsAt('age')),
  ];
  const slept = await runAt(id, 'rest', 'sleeping');
  const heldBy = { userId: 'u', name: 'Eve' };
  const held = await runAt(id, 'name', 'waiting', { heldBy });
  const busy = await runAt(id, 'name', 'active');
  await call(`POST ${path}/runs`, { version: 'draft' });
  expect(await read()).toMatchObject({ runs: 6, movable: 4 });

  const { body: flow } = await call(`GET ${path}`);
  const said = node('rest', 'speak', { text: 'No rest.' });
  const draft = [nodes[0], nodes[1], said];
  const wires = [edges[0], { ...edges[1], target: 'rest' }];
  const json = { ...flow, nodes: draft, edges: wires };
  expect((await call(`PUT ${path}`, json)).status).toBe(200);
  const { staying, ...counts } = await read();
  expect(counts).toEqual({ runs: 6, movable: 1, isComplete: true });
  expect(staying[0]).toMatchObject({
    reason: 'node_missing',
    nodeId: 'age',
    label: 'age',
    runs: 2,
  });
  expect(gone).toContain(staying[0].runId);
  const one = (reason: string, nodeId: string, runId: string) => ({
    ...{ reason, nodeId, runId, label: nodeId, runs: 1 },
  });
  const others = [
    one('waits_otherwise', 'rest', slept),
    one('held', 'name', held),
    one('busy', 'name', busy),
  ];
  expect(staying.slice(1)).toHaveLength(others.length);
  expect(staying.slice(1)).toEqual(expect.arrayContaining(others));
});

it('does not look at a draft that cannot run', async () => {
  const id = await harness.saveFlow(token, { name: 'Empty' });
  const { status, body } = await call(`GET /api/workflows/${id}/waiting-runs`);
  expect([status, body.code]).toEqual([422, 'flow_invalid']);
});
