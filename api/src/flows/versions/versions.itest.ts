import { randomUUID } from 'node:crypto';
import { createPool, keepProgram, readProgram } from '@crmflow/db';
import { beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../../../tests/support/until.js';
import { ask, type AskOptions, newUser } from '../../testing/ask.js';
import { greeting } from '../../testing/flows.js';
import { useTestApi } from '../../testing/test-api.js';

let token: string;
let stranger: string;
const api = useTestApi();
beforeAll(async () => {
  ({ token } = await newUser(api));
  stranger = (await newUser(api)).token;
});

const asOwner = (what: string, options: AskOptions = {}) => ask(api, what, { token, ...options });
const create = async (fields: object = {}) =>
  (await asOwner('POST /api/workflows', { json: { ...greeting, ...fields } })).body;
const publish = (id: string, options: AskOptions = {}) =>
  asOwner(`POST /api/workflows/${id}/publish`, options);

/** Writes another text into the flow's speak node, and so makes the draft a new one. */
async function rewrite(id: string, text: string) {
  const { body: flow } = await asOwner(`GET /api/workflows/${id}`);
  const [trigger, speak] = flow.nodes;
  const nodes = [trigger, { ...speak, data: { text } }];
  return (await asOwner(`PUT /api/workflows/${id}`, { json: { ...flow, nodes } })).body;
}

/** A flow with versions 1 to `count`, whose texts are these numbers. */
async function published(count: number): Promise<string> {
  const { id } = await create();
  for (let n = 1; n <= count; n += 1) {
    await rewrite(id, String(n));
    expect((await publish(id)).body.number).toBe(n);
  }
  return id;
}

describe('POST /api/workflows/:id/publish', () => {
  it('201: the draft becomes version 1, and after a change version 2', async () => {
    const { id } = await create();
    const { status, body, headers } = await publish(id);
    expect([status, body]).toEqual([
      201,
      {
        id: expect.any(String),
        workflowId: id,
        number: 1,
        nodeCount: 2,
        createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
      },
    ]);
    expect(headers.get('location')).toBe(`/api/workflows/${id}/versions/1`);
    await rewrite(id, 'Anew');
    expect(await publish(id)).toMatchObject({ status: 201, body: { number: 2 } });
  });

  it('200: what is published already, also by another name, is no new version', async () => {
    const flow = await create();
    const { body: first } = await publish(flow.id);
    await asOwner(`PUT /api/workflows/${flow.id}`, { json: { ...flow, name: 'Renamed' } });
    const { status, body } = await publish(flow.id);
    expect([status, body]).toEqual([200, first]);
  });

  it('201: an older content is a new version again', async () => {
    const id = await published(2);
    await rewrite(id, '1');
    expect(await publish(id)).toMatchObject({ status: 201, body: { number: 3 } });
  });

  it('numbers those who publish at once without gaps or repeats', async () => {
    const { id } = await create();
    for (let round = 1; round <= 5; round += 1) {
      await rewrite(id, `round ${round}`);
      const answers = await Promise.all(Array.from({ length: 8 }, () => publish(id)));
      const sorted = answers.map(({ status }) => status).sort();
      expect(sorted).toEqual([200, 200, 200, 200, 200, 200, 200, 201]);
      expect(new Set(answers.map(({ body }) => body.number))).toEqual(new Set([round]));
    }
    const { body } = await asOwner(`GET /api/workflows/${id}/versions`);
    const numbers = body.items.map((one: { number: number }) => one.number);
    expect(numbers).toEqual([5, 4, 3, 2, 1]);
  });

  it('409 stale_revision where the draft is not the one that was looked at', async () => {
    const { id } = await create();
    await rewrite(id, 'meanwhile');
    const { status, body } = await publish(id, { json: { revision: 1 } });
    expect([status, body.code, body.currentRevision]).toEqual([409, 'stale_revision', 2]);
    expect((await publish(id, { json: { revision: 2 } })).status).toBe(201);
  });

  it('422 flow_invalid with every reason and its node, and makes nothing', async () => {
    const [trigger, speak] = greeting.nodes;
    const faulty = await create({
      nodes: [
        trigger,
        { ...speak, data: { text: '{{ vars. }}' } },
        { ...speak, id: 'u', data: { text: '' } },
      ],
      edges: [...greeting.edges, { id: 'f', source: 's', sourceHandle: 'out', target: 'u' }],
    });
    const { status, body } = await publish(faulty.id);
    expect([status, body.code]).toEqual([422, 'flow_invalid']);
    expect(body.errors).toEqual([
      {
        ...{ path: 'nodes[1]', nodeId: 's', code: 'expression_invalid', field: 'text' },
        ...{ reason: 'expression_unfinished', params: {}, offset: 9 },
        message: expect.any(String),
      },
      {
        ...{ path: 'nodes[2]', nodeId: 'u', code: 'data_missing', field: 'text' },
        ...{ reason: 'message_missing', params: {} },
        message: expect.any(String),
      },
    ]);
    const { body: problems } = await asOwner(`POST /api/workflows/${faulty.id}/validate`);
    expect(body.errors).toHaveLength(problems.problems.length);
    expect((await asOwner(`GET /api/workflows/${faulty.id}/versions`)).body.items).toEqual([]);
  });

  it('422 flow_invalid for an empty flow', async () => {
    const { id } = await create({ nodes: [], edges: [] });
    expect(await publish(id)).toMatchObject({ status: 422, body: { code: 'flow_invalid' } });
  });

  it('422 invalid for a body that it does not know', async () => {
    const { id } = await create();
    const { status, body } = await publish(id, { json: { version: 1 } });
    expect([status, body.code, body.errors[0].path]).toEqual([422, 'invalid', 'version']);
  });
});

describe('GET /api/workflows/:id/versions', () => {
  it('200: page by page, newest first', async () => {
    const id = await published(5);
    const pages: number[][] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const more: string = cursor && `&cursor=${cursor}`;
      const { body } = await asOwner(`GET /api/workflows/${id}/versions?limit=2${more}`);
      pages.push(body.items.map((one: { number: number }) => one.number));
      cursor = body.nextCursor;
    }
    expect(pages).toEqual([[5, 4], [3, 2], [1]]);
  });

  it('200: with how many runs each of them has', async () => {
    const id = await published(2);
    const { db } = api.deps;
    const first = await db.workflowVersion.findFirstOrThrow({
      where: { workflowId: id, number: 1 },
    });
    const { workspaceId } = await db.workflow.findFirstOrThrow({ where: { id } });
    const run = { workflowId: id, versionId: first.id, workspaceId };
    await db.run.createMany({ data: [1, 2].map((n) => ({ ...run, id: `${id}-${n}` })) });
    const { body } = await asOwner(`GET /api/workflows/${id}/versions`);
    expect(body.items).toMatchObject([
      { number: 2, runs: 0 },
      { number: 1, runs: 2 },
    ]);
  });

  it('200: without the drafts of test runs', async () => {
    const { id } = await create();
    await api.deps.db.workflowVersion.create({
      data: { workflowId: id, contentHash: 'draft', graph: { nodes: [] } },
    });
    const { body } = await asOwner(`GET /api/workflows/${id}/versions`);
    expect(body).toEqual({ items: [], nextCursor: null });
  });

  it.each(['cursor=0', 'cursor=abc', 'limit=0'])('400 for ?%s', async (query) => {
    const { id } = await create();
    const { status, body } = await asOwner(`GET /api/workflows/${id}/versions?${query}`);
    expect([status, body.code]).toEqual([400, 'bad_request']);
  });
});

describe('GET /api/workflows/:id/versions/:number', () => {
  it('200: the graph as it was published, whatever the draft is', async () => {
    const { id, nodes, edges, variables } = await create();
    const { body: version } = await publish(id);
    await rewrite(id, 'Changed');
    const { status, body } = await asOwner(`GET /api/workflows/${id}/versions/1`);
    expect([status, body]).toEqual([200, { ...version, nodes, edges, variables }]);
  });

  it.each(['2', '0', '-1', '1.5', 'draft', '9999999999'])('404 for %s', async (number) => {
    const id = await published(1);
    const { status, body } = await asOwner(`GET /api/workflows/${id}/versions/${number}`);
    expect([status, body.code]).toEqual([404, 'not_found']);
  });
});

describe('POST /api/workflows/:id/versions/:number/restore', () => {
  it('200: the draft is that graph again, and its revision goes up', async () => {
    const id = await published(2);
    const { body: before } = await asOwner(`GET /api/workflows/${id}`);
    const { body: first } = await asOwner(`GET /api/workflows/${id}/versions/1`);
    const { status, body } = await asOwner(`POST /api/workflows/${id}/versions/1/restore`);
    expect(status).toBe(200);
    const { nodes, edges, variables } = first;
    const changed = { revision: before.revision + 1, updatedAt: body.updatedAt };
    expect(body).toEqual({ ...before, nodes, edges, variables, ...changed });
    expect((await asOwner(`GET /api/workflows/${id}`)).body).toEqual(body);
    expect(await publish(id)).toMatchObject({ status: 201, body: { number: 3 } });
  });

  it('409 stale_revision, and leaves the draft', async () => {
    const id = await published(2);
    const { body: before } = await asOwner(`GET /api/workflows/${id}`);
    const json = { revision: 1 };
    const answer = await asOwner(`POST /api/workflows/${id}/versions/1/restore`, { json });
    expect(answer).toMatchObject({
      status: 409,
      body: { code: 'stale_revision', currentRevision: before.revision },
    });
    expect((await asOwner(`GET /api/workflows/${id}`)).body).toEqual(before);
  });

  it('404 for a version that there is not, and leaves the draft', async () => {
    const id = await published(1);
    const { body: before } = await asOwner(`GET /api/workflows/${id}`);
    expect((await asOwner(`POST /api/workflows/${id}/versions/2/restore`)).status).toBe(404);
    expect((await asOwner(`GET /api/workflows/${id}`)).body).toEqual(before);
  });
});

describe('a version', () => {
  it('is kept from changes by the database itself', async () => {
    const id = await published(1);
    const pool = createPool(api.deps.config.databaseUrl);
    for (const change of [`graph = '{}'`, 'number = 7', `"contentHash" = 'x'`]) {
      const sql = `UPDATE "WorkflowVersion" SET ${change} WHERE "workflowId" = $1`;
      await expect(pool.query(sql, [id])).rejects.toThrow('A version never changes');
    }
    const { rows } = await pool.query<{ id: string }>(
      'SELECT id FROM "WorkflowVersion" WHERE "workflowId" = $1',
      [id],
    );
    const versionId = rows[0]?.id ?? '';
    await keepProgram(pool, versionId, { graph: {}, variables: [] });
    await keepProgram(pool, versionId, { graph: 'another', variables: [] });
    const kept = JSON.parse((await readProgram(pool, versionId)) ?? 'null') as object;
    expect(kept).toEqual({ programOf: versionId, graph: {}, variables: [] });
    await expect(
      pool.query(`UPDATE "WorkflowVersion" SET program = '{}' WHERE id = $1`, [versionId]),
    ).rejects.toThrow('A version never changes');
    await pool.end();
  });

  it('goes with its flow', async () => {
    const id = await published(1);
    expect((await asOwner(`DELETE /api/workflows/${id}`)).status).toBe(204);
    const count = () => api.deps.db.workflowVersion.count({ where: { workflowId: id } });
    await until('no version to be left', async () => (await count()) === 0);
  });
});

describe('whose versions they are', () => {
  const operations: [string, string][] = [
    ['POST', '/publish'],
    ['GET', '/versions'],
    ['GET', '/versions/1'],
    ['POST', '/versions/1/restore'],
  ];

  it.each(operations)('404 to %s …%s by others, also of a public flow', async (method, rest) => {
    const { id } = await create({ isPublic: true });
    await publish(id);
    for (const [flow, as] of [
      [id, stranger],
      [randomUUID(), token],
    ] as const) {
      const { status, body } = await ask(api, `${method} /api/workflows/${flow}${rest}`, {
        token: as,
      });
      expect([status, body.code]).toEqual([404, 'not_found']);
    }
    expect((await ask(api, `${method} /api/workflows/${id}${rest}`)).status).toBe(401);
  });
});
