import { readProgram } from '@crmflow/db';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, beforeEach, expect, inject, it } from 'vitest';
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

const position = { x: 0, y: 0 };
const node = (id: string, type: string, data: object) => ({ id, type, label: id, position, data });
const edge = (source: string, target: string) => ({
  ...{ id: `${source}.out`, source, sourceHandle: 'out', target },
});
const flow = {
  name: 'Two questions',
  variables: [{ name: 'count', default: 1 }],
  nodes: [
    node('start', 'trigger', { kind: 'manual' }),
    node('first', 'listen', { variable: 'a', expect: 'any' }),
    node('second', 'listen', { variable: 'b', expect: 'any' }),
  ],
  edges: [edge('start', 'first'), edge('first', 'second')],
};

const at = (nodeId: string, visit = 1) => ({ nodeId, visit });
const listens = (id: string) => ({
  ...{ type: 'node.activated', ...at(id), data: { label: id, type: 'listen' } },
});
const said = (id: string, text: string, nodeId: string) => ({
  ...{ type: 'message', ...at(nodeId), data: { id, role: 'user', text } },
});
const set = (name: string, value: string, nodeId: string) => ({
  ...{ type: 'variable.set', ...at(nodeId), data: { name, value } },
});

let origin: string;
beforeEach(async () => {
  origin = await harness.startRun(token, flow as never);
  await harness.record(origin, 1, [
    { type: 'run.started', data: { workflowId: 'w', version: 'draft' } },
    listens('first') as never,
    said('m1', 'one', 'first') as never,
    set('a', 'one', 'first') as never,
    listens('second') as never,
    said('m2', 'two', 'second') as never,
    set('b', 'two', 'second') as never,
  ]);
});

const fork = (json: object, as = token) =>
  ask(harness.api, `POST /api/runs/${origin}/fork`, { token: as, json });

async function begunWith(runId: string) {
  const history = await new Client({ connection }).workflow.getHandle(runId).fetchHistory();
  const payloads =
    history.events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
  const [start, { programOf }] = payloads.map(({ data }) =>
    JSON.parse(Buffer.from(data ?? []).toString()),
  );
  const program = JSON.parse((await readProgram(harness.pool, programOf)) ?? 'null');
  return { ...program, ...start };
}

const eventsOf = async (runId: string) =>
  (await ask(harness.api, `GET /api/runs/${runId}/events`, { token })).body.items;

it('starts with the state before the node, and with a copy of the log so far', async () => {
  const { status, body } = await fork({ nodeId: 'second' });
  expect(status).toBe(201);
  const { runId } = body;
  const { state } = await begunWith(runId);
  expect(state).toMatchObject({
    seq: 4,
    position: { kind: 'start', resumed: { by: 'fork', nodeId: 'second', afterSeq: 4 } },
    visits: { first: 1, second: 0 },
    transcript: [{ id: 'm1', text: 'one' }],
    inbox: [],
    seen: ['m1'],
  });
  expect(state.variables).toEqual({ count: 1, a: 'one' });
  const forkedFrom = { runId: origin, nodeId: 'second', visit: 1, seq: 4 };
  const [first, ...rest] = await eventsOf(origin);
  const copy = await eventsOf(runId);
  expect(copy).toEqual(
    [{ ...first, data: { ...first.data, forkedFrom } }, ...rest.slice(0, 3)].map((event) => ({
      ...event,
      runId,
    })),
  );
  const snapshot = await ask(harness.api, `GET /api/runs/${runId}`, { token });
  expect(snapshot.body).toMatchObject({ origin: forkedFrom, status: 'running', lastSeq: 4 });
});

it('replays the later replies and the queued ones in order', async () => {
  await ask(harness.api, `POST /api/runs/${origin}/messages`, {
    ...{ token, json: { messageId: 'm3', message: 'three' } },
  });
  const { body } = await fork({ nodeId: 'first', repeatMessages: true });
  const { state } = await begunWith(body.runId);
  expect(state.inbox.map(({ text }: { text: string }) => text)).toEqual(['one', 'two', 'three']);
  expect(state.transcript).toEqual([]);
});

it('is one run for one requestId', async () => {
  const json = { nodeId: 'first', requestId: `fork of ${origin}` };
  const answers = await Promise.all([1, 2, 3].map(() => fork(json)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 201]);
  expect(new Set(answers.map(({ body }) => body.runId)).size).toBe(1);
  expect((await fork({ ...json, nodeId: 'second' })).body.code).toBe('request_id_reused');
});

it('continues on another version that has the node', async () => {
  const { body: run } = await ask(harness.api, `GET /api/runs/${origin}`, { token });
  const path = `/api/workflows/${run.workflowId}`;
  const { body: draft } = await ask(harness.api, `GET ${path}`, { token });
  const put = await ask(harness.api, `PUT ${path}`, {
    token,
    json: {
      ...{ name: draft.name, revision: draft.revision },
      nodes: flow.nodes.slice(0, 2),
      edges: flow.edges.slice(0, 1),
      variables: [...flow.variables, { name: 'added', default: 'new' }],
    },
  });
  expect(put.status).toBe(200);
  expect((await fork({ nodeId: 'second', version: 'draft' })).body.code).toBe('node_missing');
  const { body } = await fork({ nodeId: 'first', version: 'draft' });
  const { variables, state } = await begunWith(body.runId);
  expect(variables).toMatchObject([{ name: 'count' }, { name: 'added', default: 'new' }]);
  expect(state.variables).toEqual({ count: 1 });
});

it('is refused where the run was not, and to others', async () => {
  expect((await fork({ nodeId: 'none' })).body.code).toBe('node_unreached');
  expect((await fork({ nodeId: 'first', visit: 2 })).body.code).toBe('node_unreached');
  expect((await fork({ nodeId: 'first', version: 7 })).body.code).toBe('no_version');
  const other = await harness.newUser();
  expect((await fork({ nodeId: 'first' }, other.token)).status).toBe(404);
});
