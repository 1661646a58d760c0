import { randomUUID } from 'node:crypto';
import type { RunStatus, FlowSummary } from '@crmflow/contracts';
import { describe, expect, it, vi } from 'vitest';
import { ask, newUser } from '../testing/ask.js';
import { greeting } from '../testing/flows.js';
import { useTestApi } from '../testing/test-api.js';

const api = useTestApi({ environment: { DATABASE_POOL_SIZE: '4' } });

/** Somebody new, and what they can do with flows. */
async function someone() {
  const { token } = await newUser(api);
  const as = (what: string, json?: object) => ask(api, what, { token, ...(json && { json }) });
  const list = async (query = '') => {
    const { status, body } = await as(`GET /api/workflows?${query}`);
    expect(status).toBe(200);
    return body as { items: FlowSummary[]; nextCursor: string | null };
  };
  return {
    as,
    list,
    async create(name: string, fields: object = {}): Promise<string> {
      return (await as('POST /api/workflows', { ...greeting, name, ...fields })).body.id;
    },
    publish: (id: string) => as(`POST /api/workflows/${id}/publish`),
    async change(id: string, fields: object) {
      const { body } = await as(`GET /api/workflows/${id}`);
      expect((await as(`PUT /api/workflows/${id}`, { ...body, ...fields })).status).toBe(200);
    },
    async names(query: string): Promise<string[]> {
      return (await list(query)).items.map(({ name }) => name);
    },
    /** All names, a page of two at a time. */
    async paged(query: string): Promise<string[]> {
      const seen: string[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const page = await list(`${query}&limit=2${cursor && `&cursor=${cursor}`}`);
        seen.push(...page.items.map(({ name }) => name));
        cursor = page.nextCursor;
      }
      return seen;
    },
  };
}

/** A run of the newest version, of its workspace or of another one. */
async function run(workflowId: string, status: RunStatus, startedAt: string, by?: string) {
  const { db } = api.deps;
  const flow = await db.workflow.findUniqueOrThrow({ where: { id: workflowId } });
  const kept = await db.workflowVersion.findFirst({ where: { workflowId } });
  const contentHash = randomUUID();
  const { id: versionId } =
    kept ?? (await db.workflowVersion.create({ data: { workflowId, contentHash, graph: {} } }));
  const id = `run-${randomUUID()}`;
  const workspaceId = by ?? flow.workspaceId;
  await db.run.create({ data: { id, workflowId, versionId, workspaceId, status, startedAt } });
  return id;
}

describe('what a list shows of a flow', () => {
  it('is its newest version, and whether the draft has gone on since', async () => {
    const { as, create, publish, change, list } = await someone();
    const id = await create('Flow');
    const shown = async () => (await list()).items[0];
    expect(await shown()).toMatchObject({ nodeCount: greeting.nodes.length, hasChanges: false });
    expect(await shown()).not.toHaveProperty('published');

    const { body } = await publish(id);
    const published = { version: 1, at: body.createdAt };
    expect(await shown()).toMatchObject({ published, hasChanges: false });
    await change(id, { name: 'Only another name' });
    expect(await shown()).toMatchObject({ published, hasChanges: false });

    const [first, ...others] = greeting.nodes;
    await change(id, { nodes: [{ ...first, label: 'Another start' }, ...others] });
    expect(await shown()).toMatchObject({ published, hasChanges: true });
    await change(id, { nodes: greeting.nodes });
    expect(await shown()).toMatchObject({ published, hasChanges: false });

    await change(id, { nodes: [], edges: [] });
    expect((await as(`POST /api/workflows/${id}/versions/1/restore`)).status).toBe(200);
    expect(await shown()).toMatchObject({ published, hasChanges: false });
  });

  it('is the run that was started last in the workspace', async () => {
    const { create, list } = await someone();
    const id = await create('Flow', { isPublic: true });
    expect((await list()).items[0]).not.toHaveProperty('lastRun');
    await run(id, 'completed', '2026-01-01T00:00:00Z');
    const last = await run(id, 'waiting', '2026-01-02T00:00:00Z');
    const { user: stranger } = await newUser(api);
    await run(id, 'failed', '2026-01-03T00:00:00Z', stranger.id);
    const startedAt = '2026-01-02T00:00:00.000Z';
    expect((await list()).items[0]?.lastRun).toEqual({
      ...{ runId: last, version: 'draft', status: 'waiting', startedAt },
    });
  });

  it('can be asked for one flow', async () => {
    const { create, list } = await someone();
    const id = await create('One');
    await create('Another');
    expect((await list(`id=${id}`)).items).toMatchObject([{ id, name: 'One' }]);
    const stranger = await someone();
    expect((await stranger.list(`id=${id}`)).items).toEqual([]);
  });

  it('is nobody else’s version', async () => {
    const owner = await someone();
    const name = `Public ${randomUUID()}`;
    await owner.publish(await owner.create(name, { isPublic: true }));
    const { items } = await (await someone()).list(`public=true&q=${name}`);
    expect(items).toMatchObject([{ name, isOwn: false, hasChanges: false }]);
    expect(items[0]).not.toHaveProperty('published');
  });
});

describe('?status', () => {
  it('lists what is in that state', async () => {
    const { create, publish, change, names } = await someone();
    await create('Draft');
    await publish(await create('Published'));
    const changed = await create('Changed');
    await publish(changed);
    await change(changed, { nodes: [], edges: [] });
    const running = await create('Running');
    await run(running, 'waiting', '2026-01-01T00:00:00Z');
    await run(running, 'completed', '2026-01-02T00:00:00Z');
    const failed = await create('Failed');
    await run(failed, 'failed', '2026-01-02T00:00:00Z');
    const mended = await create('Mended');
    await run(mended, 'failed', '2026-01-01T00:00:00Z');
    await run(mended, 'completed', '2026-01-02T00:00:00Z');

    const sorted = async (status: string) => (await names(`status=${status}`)).sort();
    expect(await sorted('draft')).toEqual(['Draft', 'Failed', 'Mended', 'Running']);
    expect(await sorted('published')).toEqual(['Changed', 'Published']);
    expect(await sorted('changed')).toEqual(['Changed']);
    expect(await sorted('running')).toEqual(['Running']);
    expect(await sorted('failed')).toEqual(['Failed']);
  });
});

describe('?q', () => {
  it('looks into names and descriptions, in capitals or not, in any language', async () => {
    const { create, names } = await someone();
    await create('Übergabe 100 %');
    await create('Other', { description: 'für die ÜBERGABE' });
    await create('Nothing of it');
    expect((await names('q=übergabe')).sort()).toEqual(['Other', 'Übergabe 100 %']);
    const decomposed = encodeURIComponent('U\u0308BERGABE');
    expect((await names(`q=${decomposed}`)).sort()).toEqual(['Other', 'Übergabe 100 %']);
    expect(await names(`q=${encodeURIComponent('0 %')}`)).toEqual(['Übergabe 100 %']);
    expect(await names('q=_')).toEqual([]);
  });
});

describe('?sort', () => {
  it('orders by name as people do, page by page', async () => {
    const { create, paged } = await someone();
    for (const name of ['beta', 'Alpha', 'Öl', 'gamma', 'Alpha', 'Zeta', 'x'.repeat(200)]) {
      await create(name);
    }
    const order = ['Alpha', 'Alpha', 'beta', 'gamma', 'Öl', 'x'.repeat(200), 'Zeta'];
    expect(await paged('sort=name')).toEqual(order);
  });

  it('orders by the last change, page by page', async () => {
    const { create, change, paged } = await someone();
    const first = await create('a');
    for (const name of ['b', 'c', 'd']) await create(name);
    await change(first, { description: 'changed' });
    expect(await paged('sort=changed')).toEqual(['a', 'd', 'c', 'b']);
  });

  it('orders by the last run, page by page; those without one come last', async () => {
    const { create, paged } = await someone();
    const ids = [];
    for (const name of ['a', 'b', 'c', 'd', 'e']) ids.push(await create(name));
    const [a = '', , c = '', d = ''] = ids;
    await run(d, 'completed', '2026-01-01T00:00:00Z');
    await run(a, 'completed', '2026-01-02T00:00:00Z');
    await run(c, 'completed', '2026-01-03T00:00:00Z');
    expect(await paged('sort=lastRun')).toEqual(['c', 'a', 'd', 'e', 'b']);
  });

  it('400 for a cursor of another order, and for an order that there is not', async () => {
    const { as, create, list } = await someone();
    await create('a');
    await create('b');
    const { nextCursor } = await list('limit=1');
    for (const query of [`sort=name&cursor=${nextCursor}`, 'cursor=n_YQ_x', 'sort=size']) {
      const { status, body } = await as(`GET /api/workflows?${query}`);
      expect([status, body.code]).toEqual([400, 'bad_request']);
    }
  });
});

it('leaves room for others, however many lists somebody asks for at once', async () => {
  const [greedy, other] = [await someone(), await someone()];
  const client = await api.deps.pool.connect();
  await client.query('BEGIN; LOCK TABLE "Node" IN ACCESS EXCLUSIVE MODE');
  const lists = Promise.all(Array.from({ length: 24 }, () => greedy.list('status=changed')));
  await vi.waitFor(() => expect(api.deps.reads.state()).toEqual({ busy: 2, waiting: 22 }));
  expect((await other.as('GET /api/auth/me')).status).toBe(200);
  await client.query('COMMIT');
  client.release();
  await lists;
});
