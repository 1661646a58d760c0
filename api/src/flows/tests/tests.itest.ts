import { beforeAll, describe, expect, it } from 'vitest';
import { ask, type AskOptions, newUser } from '../../testing/ask.js';
import { useTestApi } from '../../testing/test-api.js';

let token: string;
let stranger: string;
const api = useTestApi();
beforeAll(async () => {
  ({ token } = await newUser(api));
  stranger = (await newUser(api)).token;
});

const asOwner = (what: string, options: AskOptions = {}) => ask(api, what, { token, ...options });

const at = { x: 0, y: 0 };
/** Asks for a name, reminds after a day, and greets. */
const asking = {
  name: 'Asking',
  nodes: [
    { id: 't', type: 'trigger', label: 'Start', position: at, data: {} },
    { id: 'hello', type: 'speak', label: 'Hello', position: at, data: { text: 'Your name?' } },
    {
      ...{ id: 'ask', type: 'listen', label: 'Name', position: at },
      data: { variable: 'name', reminders: [{ after: 'P1D', text: 'Still there?' }] },
    },
    {
      ...{ id: 'bye', type: 'speak', label: 'Bye', position: at },
      data: { text: 'Hi {{ vars.name }}!' },
    },
  ],
  edges: [
    { id: 'a', source: 't', sourceHandle: 'out', target: 'hello' },
    { id: 'b', source: 'hello', sourceHandle: 'out', target: 'ask' },
    { id: 'c', source: 'ask', sourceHandle: 'out', target: 'bye' },
  ],
};

const greets = {
  name: 'Greets by name',
  gate: true,
  steps: [{ user: 'Ada' }, { expect: { text: 'Hi Ada!' } }],
  assert: { status: 'completed', path: ['hello', 'ask', 'bye'] },
};

const create = async (fields: object = {}) =>
  (await asOwner('POST /api/workflows', { json: { ...asking, ...fields } })).body;
const addTest = async (flowId: string, test: object = greets) =>
  (await asOwner(`POST /api/workflows/${flowId}/tests`, { json: test })).body;
const testsOf = async (flowId: string) =>
  (await asOwner(`GET /api/workflows/${flowId}/tests`)).body.items;
const run = (flowId: string, json: object = {}) =>
  asOwner(`POST /api/workflows/${flowId}/tests/run`, { json });

/** Makes the draft greet in another way. */
async function spoil(flowId: string) {
  const { body: flow } = await asOwner(`GET /api/workflows/${flowId}`);
  const nodes = flow.nodes.map((node: { id: string }) =>
    node.id === 'bye' ? { ...node, data: { text: 'Bye {{ vars.name }}!' } } : node,
  );
  return (await asOwner(`PUT /api/workflows/${flowId}`, { json: { ...flow, nodes } })).body;
}

describe('the tests of a flow', () => {
  it('are made, listed in their order, replaced and deleted', async () => {
    const { id } = await create();
    const first = await addTest(id);
    const second = await addTest(id, { name: 'Second' });
    expect(first).toMatchObject({ ...greets, mocks: [], ai: 'mock', start: {} });
    expect(await testsOf(id)).toEqual([first, second]);

    const json = { ...first, name: 'Renamed' };
    const { status, body } = await asOwner(`PUT /api/tests/${first.id}`, { json });
    expect([status, body]).toEqual([200, json]);
    expect((await asOwner(`DELETE /api/tests/${second.id}`)).status).toBe(204);
    expect(await testsOf(id)).toEqual([body]);
    expect((await asOwner(`DELETE /api/tests/${second.id}`)).status).toBe(404);
  });

  it('are told once in the audit log while somebody types, and each time their gate changes', async () => {
    const flow = await create();
    const test = await addTest(flow.id);
    const save = (json: object) => asOwner(`PUT /api/tests/${test.id}`, { json });
    for (const name of ['N', 'Na', 'Name']) await save({ ...test, name });
    await save({ ...test, gate: false });
    const entries = await api.deps.db.auditEntry.findMany({
      where: { workspaceId: flow.workspaceId, resource: { path: ['id'], equals: test.id } },
      orderBy: [{ at: 'asc' }, { id: 'asc' }],
    });
    const workflowId = flow.id;
    expect(entries.map(({ action, changes }) => [action, changes])).toEqual([
      ['test.create', { workflowId }],
      ['test.change', { workflowId, gate: { from: true, to: false } }],
    ]);
  });

  it('are refused with the place of each fault', async () => {
    const { id } = await create();
    const json = { name: '', steps: [{ user: 'a' }, { shout: 'b' }], mocks: [{ return: 1 }] };
    const { status, body } = await asOwner(`POST /api/workflows/${id}/tests`, { json });
    expect([status, body.code]).toEqual([422, 'invalid']);
    expect(body.errors.map(({ path }: { path: string }) => path)).toEqual([
      'name',
      'steps[1]',
      'mocks[0]',
    ]);
  });

  it('are at most 400 kB together', async () => {
    const { id } = await create();
    const large = { name: 'Large', start: { input: { text: 'x'.repeat(60_000) } } };
    for (let n = 1; n <= 6; n += 1) await addTest(id, large);
    const { status, body } = await asOwner(`POST /api/workflows/${id}/tests`, { json: large });
    expect([status, body.code]).toEqual([422, 'tests_full']);
    expect(await testsOf(id)).toHaveLength(6);
  });

  it('stay where a client saves the flow without them, and become others where it sends some', async () => {
    const flow = await create();
    const test = await addTest(flow.id);
    await spoil(flow.id);
    expect(await testsOf(flow.id)).toEqual([test]);
    const more = [
      { ...test, name: 'Kept' },
      { id: 'mine', name: 'New' },
    ];
    const json = { ...flow, revision: 2, tests: more };
    expect((await asOwner(`PUT /api/workflows/${flow.id}`, { json })).status).toBe(200);
    const [kept, added] = await testsOf(flow.id);
    expect([kept, added.name]).toEqual([{ ...test, name: 'Kept' }, 'New']);
    expect(added.id).not.toBe('mine');
  });

  it('go with the flow: exported, imported and cloned, with the ids of the nodes there', async () => {
    const { id } = await create();
    const test = await addTest(id);
    const { body: file } = await asOwner(`GET /api/workflows/${id}/export`);
    expect(file.tests).toEqual([test]);
    const { body: imported } = await asOwner('POST /api/workflows/import', { json: file });
    const [again] = await testsOf(imported.id);
    expect(again).toEqual({ ...test, id: again.id });
    expect(again.id).not.toBe(test.id);

    const { body: clone } = await asOwner(`POST /api/workflows/${id}/clone`);
    const [copied] = await testsOf(clone.id);
    const idOf = (label: string) =>
      clone.nodes.find((node: { label: string }) => node.label === label).id;
    expect(copied.assert.path).toEqual(['Hello', 'Name', 'Bye'].map(idOf));
    expect((await run(clone.id)).body.results).toMatchObject([{ passed: true }]);
  });

  it('are kept with a version, and come back with it', async () => {
    const { id } = await create();
    const test = await addTest(id);
    expect((await asOwner(`POST /api/workflows/${id}/publish`)).status).toBe(201);
    await asOwner(`PUT /api/tests/${test.id}`, { json: { ...test, name: 'Later' } });
    const since = await addTest(id, { name: 'Since' });
    const { body: version } = await asOwner(`GET /api/workflows/${id}/versions/1`);
    expect(version.tests).toEqual([test]);
    await asOwner(`POST /api/workflows/${id}/versions/1/restore`);
    expect(await testsOf(id)).toEqual([test, since]);
  });

  it('are nobody else’s, also where the flow is public', async () => {
    const { id } = await create({ isPublic: true });
    const test = await addTest(id);
    const others: [string, object?][] = [
      [`GET /api/workflows/${id}/tests`],
      [`POST /api/workflows/${id}/tests`, greets],
      [`POST /api/workflows/${id}/tests/run`, {}],
      [`PUT /api/tests/${test.id}`, greets],
      [`DELETE /api/tests/${test.id}`],
    ];
    for (const [what, json] of others) {
      const { status } = await ask(api, what, { token: stranger, ...(json && { json }) });
      expect([what, status]).toEqual([what, 404]);
    }
    const { body } = await ask(api, `GET /api/workflows/${id}/export`, { token: stranger });
    expect(body).not.toHaveProperty('tests');
  });
});

describe('POST /api/workflows/:id/tests/run', () => {
  it('says what came of each test, and what they reach', async () => {
    const { id } = await create();
    const good = await addTest(id);
    const bad = await addTest(id, { name: 'Bad', steps: [{ expect: { contains: 'Moin' } }] });
    const { status, body } = await run(id);
    expect(status).toBe(200);
    expect(body.results).toMatchObject([
      { testId: good.id, passed: true, failures: [], path: ['t', 'hello', 'ask', 'bye'] },
      { testId: bad.id, passed: false, failures: [{ step: 0, nodeId: 'ask' }] },
    ]);
    expect(body.coverage.nodes).toEqual({ covered: ['t', 'hello', 'ask', 'bye'], missing: [] });
    const { body: alone } = await run(id, { ids: [bad.id] });
    expect(alone.coverage.nodes.missing).toEqual(['bye']);
  });

  it('runs those that are named, on a version', async () => {
    const { id } = await create();
    const test = await addTest(id);
    await addTest(id, { name: 'Other' });
    await asOwner(`POST /api/workflows/${id}/publish`);
    await spoil(id);
    const passed = async (json: object) =>
      (await run(id, json)).body.results.map((one: { passed: boolean }) => one.passed);
    expect(await passed({ ids: [test.id] })).toEqual([false]);
    expect(await passed({ ids: [test.id], version: 1 })).toEqual([true]);
  });

  it('422 for a test of another flow, a version that there is not, and a flow with errors', async () => {
    const { id } = await create();
    const foreign = await addTest((await create()).id);
    const refused = async (json: object, flowId = id) => {
      const { status, body } = await run(flowId, json);
      return [status, body.code, body.errors?.[0]?.path];
    };
    expect(await refused({ ids: [foreign.id] })).toEqual([422, 'invalid', 'ids[0]']);
    expect(await refused({ version: 3 })).toEqual([422, 'no_version', undefined]);
    const faulty = await create({ nodes: [], edges: [] });
    expect(await refused({}, faulty.id)).toEqual([422, 'flow_invalid', 'nodes']);
  });
});

describe('POST /api/workflows/:id/explore', () => {
  it('finds what a run fails for, with the way there', async () => {
    const { id } = await create();
    const { body: flow } = await asOwner(`GET /api/workflows/${id}`);
    const nodes = flow.nodes.map((node: { id: string }) =>
      node.id === 'bye' ? { ...node, data: { text: 'Hi {{ vars.nobody }}!' } } : node,
    );
    await asOwner(`PUT /api/workflows/${id}`, { json: { ...flow, nodes } });
    const { status, body } = await asOwner(`POST /api/workflows/${id}/explore`, { json: {} });
    expect(status).toBe(200);
    const atBye = body.findings.filter((one: { nodeId: string }) => one.nodeId === 'bye');
    expect(atBye).not.toEqual([]);
    expect(atBye[0].inputs.steps.length).toBeGreaterThan(0);
  });
});

describe('publishing a flow with tests that it needs', () => {
  const publish = (id: string, json: object = {}) =>
    asOwner(`POST /api/workflows/${id}/publish`, { json });

  it('422 tests_failed with what failed, and makes no version', async () => {
    const { id } = await create();
    const test = await addTest(id);
    await spoil(id);
    const { status, body } = await publish(id);
    expect([status, body.code]).toEqual([422, 'tests_failed']);
    expect(body.failures).toMatchObject([
      { testId: test.id, name: 'Greets by name', failures: [{ step: 1, nodeId: 'bye' }] },
    ]);
    expect((await asOwner(`GET /api/workflows/${id}/versions`)).body.items).toEqual([]);
  });

  it('201 with a reason, which the audit log keeps', async () => {
    const { id, workspaceId } = await create();
    await addTest(id);
    await spoil(id);
    expect((await publish(id, { override: ' ' })).status).toBe(422);
    expect((await publish(id, { override: 'It is late' })).status).toBe(201);
    const [entry] = await api.deps.db.auditEntry.findMany({
      where: { workspaceId, action: 'flow.publish', resource: { path: ['id'], equals: id } },
    });
    expect(entry?.changes).toEqual({
      ...{ version: 1, override: 'It is late', failedTests: ['Greets by name'] },
    });
  });

  it('201 where only tests fail that it does not need', async () => {
    const { id } = await create();
    await addTest(id, { ...greets, gate: false });
    await spoil(id);
    expect((await publish(id)).status).toBe(201);
  });
});
