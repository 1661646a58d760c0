import { randomUUID } from 'node:crypto';
import { deletedWorkspaces, removeWorkspace } from '@crmflow/db';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { until } from '../../../tests/support/until.js';
import { ask, type AskOptions, newUser } from '../testing/ask.js';
import { greeting } from '../testing/flows.js';
import { startTestApi, type TestApi, useTestApi } from '../testing/test-api.js';

let token: string;
let stranger: string;
const api = useTestApi({ environment: { CRMFLOW_EGRESS_ALLOW: '10.0.0.7:8080' } });
beforeAll(async () => {
  ({ token } = await newUser(api));
  stranger = (await newUser(api)).token;
});

const asOwner = (what: string, options: AskOptions = {}) => ask(api, what, { token, ...options });
const create = async (fields: object = {}) => {
  const { body } = await asOwner('POST /api/workflows', { json: { ...greeting, ...fields } });
  return body;
};

describe('POST /api/workflows', () => {
  it('201: answers the flow with its graph as it was sent', async () => {
    const { status, body, headers } = await asOwner('POST /api/workflows', { json: greeting });
    expect(status).toBe(201);
    expect(body).toEqual({
      ...greeting,
      id: expect.any(String),
      description: '',
      isPublic: false,
      isTemplate: false,
      isOwn: true,
      workspaceId: expect.any(String),
      revision: 1,
      createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
      updatedAt: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    expect(headers.get('location')).toBe(`/api/workflows/${body.id}`);
    expect((await asOwner(`GET /api/workflows/${body.id}`)).body).toEqual(body);
  });

  it('201: a name is enough', async () => {
    const { status, body } = await asOwner('POST /api/workflows', { json: { name: 'Empty' } });
    expect(status).toBe(201);
    expect(body).toMatchObject({ nodes: [], edges: [], variables: [] });
  });

  it('201: keeps a thousand nodes in their order', async () => {
    const [trigger] = greeting.nodes;
    const nodes = Array.from({ length: 1000 }, (_, i) => ({ ...trigger, id: `n${999 - i}` }));
    const { body } = await asOwner('POST /api/workflows', { json: { name: 'Big', nodes } });
    expect(body.nodes).toEqual(nodes);
  });

  it('422: names each fault by its path', async () => {
    const [node] = greeting.nodes;
    const [edge] = greeting.edges;
    const json = {
      name: '',
      nodes: [node, node, { ...node, id: 'x', type: 'dance' }],
      edges: [{ ...edge, target: 'nowhere' }],
    };
    const { status, body } = await asOwner('POST /api/workflows', { json });
    expect([status, body.code]).toEqual([422, 'invalid']);
    const paths = body.errors.map((one: { path: string }) => one.path);
    expect(paths).toEqual(expect.arrayContaining(['name', 'nodes[2].type']));
  });

  it('422: dangling edges and repeated ids', async () => {
    const [node] = greeting.nodes;
    const [edge] = greeting.edges;
    const json = { ...greeting, nodes: [node, node], edges: [{ ...edge, sourceHandle: 'else' }] };
    const { status, body } = await asOwner('POST /api/workflows', { json });
    expect(status).toBe(422);
    expect(body.errors.map((one: { path: string }) => one.path).sort()).toEqual([
      'edges[0].sourceHandle',
      'edges[0].target',
      'nodes[1].id',
    ]);
  });

  it('422: what no database keeps, wherever it hides', async () => {
    const assign = [{ name: 'a', value: { deep: ['\0'] } }];
    const data = { kind: 'set', assign };
    const nodes = [{ ...greeting.nodes[0], type: 'logic', data }];
    const { status, body } = await asOwner('POST /api/workflows', { json: { name: 'x', nodes } });
    expect(status).toBe(422);
    expect(body.errors[0].path).toBe('nodes[0].data.assign[0].value.deep[0]');
  });
});

describe('GET /api/workflows', () => {
  it('200: pages through one’s own flows, newest first, each once', async () => {
    const { token: other } = await newUser(api);
    const names = Array.from({ length: 7 }, (_, i) => `Flow ${i}`);
    for (const name of names) {
      await ask(api, 'POST /api/workflows', { token: other, json: { ...greeting, name } });
    }
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query: string = `limit=3${cursor && `&cursor=${cursor}`}`;
      const { body } = await ask(api, `GET /api/workflows?${query}`, { token: other });
      seen.push(...body.items.map((one: { name: string }) => one.name));
      cursor = body.nextCursor;
    }
    expect(seen).toEqual(names.reverse());
  });

  it('200: shows all but the graph', async () => {
    const { nodes, edges, variables, ...rest } = await create();
    const { body } = await asOwner('GET /api/workflows?limit=1');
    expect(body.items).toEqual([{ ...rest, nodeCount: nodes.length, hasChanges: false }]);
    expect([edges.length, variables.length]).toEqual([1, 1]);
  });

  it('200: goes on where the flow of the cursor was deleted', async () => {
    const { token: other } = await newUser(api);
    const make = (name: string) =>
      ask(api, 'POST /api/workflows', { token: other, json: { name } });
    await make('old');
    const { body: newer } = await make('new');
    const first = await ask(api, 'GET /api/workflows?limit=1', { token: other });
    await ask(api, `DELETE /api/workflows/${newer.id}`, { token: other });
    const path = `GET /api/workflows?cursor=${first.body.nextCursor}`;
    const { body } = await ask(api, path, { token: other });
    expect(body.items.map((one: { name: string }) => one.name)).toEqual(['old']);
    expect(body.nextCursor).toBeNull();
  });

  it.each(['cursor=abc', 'cursor=WzEsMl0', 'limit=0', 'limit=201', 'limit=x', 'limit=1&limit=2'])(
    '400 for ?%s',
    async (query) => {
      const { status, body } = await asOwner(`GET /api/workflows?${query}`);
      expect([status, body.code]).toEqual([400, 'bad_request']);
    },
  );
});

describe('PUT /api/workflows/:id', () => {
  const change = (id: string, json: object, as = token) =>
    ask(api, `PUT /api/workflows/${id}`, { token: as, json });

  it('200: replaces the whole flow, and its revision goes up', async () => {
    const flow = await create({ isPublic: true });
    const nodes = [{ ...greeting.nodes[1], id: 'only' }];
    const json = { name: 'Renamed', nodes, edges: [], revision: 1 };
    const { status, body } = await change(flow.id, json);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...json,
      id: flow.id,
      variables: [],
      isPublic: true,
      revision: 2,
    });
    expect((await asOwner(`GET /api/workflows/${flow.id}`)).body).toEqual(body);
  });

  it('200: takes the resource as it was read', async () => {
    const flow = await create();
    const { status, body } = await change(flow.id, { ...flow, name: 'Again' });
    expect(status).toBe(200);
    expect(body).toEqual({ ...flow, name: 'Again', revision: 2, updatedAt: body.updatedAt });
  });

  it('422 invalid for a field that it does not know, so that a typo empties nothing', async () => {
    const { variables, ...flow } = await create();
    const { status, body } = await change(flow.id, { ...flow, variabels: variables });
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'invalid', errors: [{ path: 'variabels' }] });
  });

  it('409 stale_revision with the current one, and changes nothing', async () => {
    const flow = await create();
    const { body: newer } = await change(flow.id, { ...flow, name: 'Second' });
    const { status, body } = await change(flow.id, { ...flow, name: 'Late' });
    expect(status).toBe(409);
    expect(body).toMatchObject({ code: 'stale_revision', currentRevision: 2 });
    expect((await asOwner(`GET /api/workflows/${flow.id}`)).body).toEqual(newer);
  });

  it('409 to all but one of those who write at once', async () => {
    const flow = await create();
    const answers = await Promise.all(
      ['a', 'b', 'c', 'd'].map((name) => change(flow.id, { ...flow, name })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    const winner = answers.find(({ status }) => status === 200);
    expect((await asOwner(`GET /api/workflows/${flow.id}`)).body).toEqual(winner?.body);
  });

  it('422 without a revision, or with faults, and changes nothing', async () => {
    const flow = await create();
    const { revision: _, ...unread } = flow;
    const answers = [
      await change(flow.id, unread),
      await change(flow.id, { ...flow, edges: [...flow.edges, ...flow.edges] }),
    ];
    expect(answers.map(({ status, body }) => [status, body.errors[0].path])).toEqual([
      [422, 'revision'],
      [422, 'edges[1].id'],
    ]);
    expect((await asOwner(`GET /api/workflows/${flow.id}`)).body).toEqual(flow);
  });
});

describe('DELETE /api/workflows/:id', () => {
  /** Whether anything of a flow is left. */
  const isLeft = async (of: Pick<TestApi, 'deps'>, id: string) => {
    const { rowCount } = await of.deps.pool.query('SELECT FROM "Workflow" WHERE id = $1', [id]);
    return rowCount === 1;
  };

  it('204: it is gone, and then all that belonged to it', async () => {
    const { id } = await create();
    const { status, text } = await asOwner(`DELETE /api/workflows/${id}`);
    expect([status, text]).toEqual([204, '']);
    expect((await asOwner(`GET /api/workflows/${id}`)).status).toBe(404);
    expect((await asOwner(`DELETE /api/workflows/${id}`)).status).toBe(404);
    await until('nothing to be left', async () => !(await isLeft(api, id)));
  });

  it('204: for any number of runs at once, also while Temporal is away', async () => {
    const lonely = await startTestApi();
    const { pool, temporal } = lonely.deps;
    vi.spyOn(temporal, 'withDeadline').mockRejectedValue(new Error('Temporal is away'));
    const owner = await newUser(lonely);
    const json = { ...greeting, isPublic: true };
    const { body } = await ask(lonely, 'POST /api/workflows', { token: owner.token, json });
    const id = body.id as string;
    await pool.query(
      `WITH v AS (INSERT INTO "WorkflowVersion" (id, "workflowId", "contentHash", graph)
                  VALUES ($1, $1, 'hash', '{}') RETURNING id)
       INSERT INTO "Run" (id, "workflowId", "versionId", "workspaceId")
       SELECT gen_random_uuid(), $1, v.id, w."workspaceId"
         FROM v, "Workflow" w, generate_series(1, 10000) WHERE w.id = $1`,
      [id],
    );
    const what = `/api/workflows/${id}`;
    expect((await ask(lonely, `DELETE ${what}`, { token: owner.token })).status).toBe(204);
    // It was public: nobody else reads it either.
    for (const token of [owner.token, (await newUser(lonely)).token]) {
      expect((await ask(lonely, `GET ${what}`, { token })).status).toBe(404);
    }
    expect(await isLeft(lonely, id)).toBe(true);
    const [left = ''] = await deletedWorkspaces(pool);
    const { rows } = await pool.query(
      'SELECT "workspaceId" AS id, count(*)::int AS runs FROM "Run" GROUP BY 1',
    );
    expect(rows).toEqual([{ id: left, runs: 10_000 }]);
    // As maintenance does, once Temporal is back.
    await removeWorkspace(pool, left, () => Promise.resolve());
    expect([await isLeft(lonely, id), await deletedWorkspaces(pool)]).toEqual([false, []]);
    await lonely.stop();
  });
});

describe('POST /api/workflows/:id/validate', () => {
  it('200: no problems, or what they are and where', async () => {
    const fine = await create();
    const flawed = await create({ nodes: [greeting.nodes[1]], edges: [] });
    const check = async (id: string) =>
      (await asOwner(`POST /api/workflows/${id}/validate`)).body.problems;
    expect(await check(fine.id)).toEqual([]);
    expect(await check(flawed.id)).toContainEqual(
      expect.objectContaining({ severity: 'error', code: expect.any(String) }),
    );
  });

  it('checks nodes that are sent in place of the draft, by the hosts that are allowed', async () => {
    const { id } = await create();
    const call = (url: string) => ({
      ...{ id: url, type: 'integration', label: '', position: { x: 0, y: 0 } },
      data: { kind: 'http', url },
    });
    const urls = ['http://10.0.0.7/{{ vars.a }}', 'http://10.0.0.7:8080', 'https://example.com'];
    const { body } = await asOwner(`POST /api/workflows/${id}/validate`, {
      json: {
        nodes: urls.map(call),
      },
    });
    const hosts = body.problems.filter(({ code }: { code: string }) => code === 'host_refused');
    expect(hosts).toEqual([
      expect.objectContaining({
        severity: 'warning',
        nodeId: urls[0],
        params: { host: '10.0.0.7:80', problem: 'address' },
      }),
    ]);
    const twice = await asOwner(`POST /api/workflows/${id}/validate`, {
      json: {
        nodes: [call('https://a.example'), call('https://a.example')],
      },
    });
    expect([twice.status, twice.body.errors]).toEqual([
      422,
      [
        {
          path: 'nodes[1].id',
          message: 'Another node has the ID “https://a.example” as well. Choose a unique one.',
          reason: 'node_id_duplicate',
          params: { id: 'https://a.example' },
        },
      ],
    ]);
  });
});

describe('whose flow it is', () => {
  const operations = ['GET ', 'PUT ', 'DELETE ', 'POST /validate'];
  const each = operations.map((one) => one.split(' ') as [string, string]);

  it.each(each)('404 to %s …%s by others, and where nothing is', async (method, rest) => {
    const flow = await create();
    for (const [id, as] of [
      [flow.id, stranger],
      [randomUUID(), token],
      ['%00', token],
      ['a b', token],
    ]) {
      const what = `${method} /api/workflows/${encodeURI(id).replace('%2500', '%00')}${rest}`;
      const json = method === 'PUT' ? flow : undefined;
      const { status, body } = await ask(api, what, { token: as!, json });
      expect([what, status, body.code]).toEqual([what, 404, 'not_found']);
    }
    expect((await asOwner(`GET /api/workflows/${flow.id}`)).body).toEqual(flow);
  });

  it('lets others read a public one, and no more', async () => {
    const flow = await create({ isPublic: true });
    const { status, body } = await ask(api, `GET /api/workflows/${flow.id}`, { token: stranger });
    const { workspaceId: _, ...shown } = flow;
    expect([status, body]).toEqual([200, { ...shown, isOwn: false }]);
    for (const [method, rest] of each.slice(1)) {
      const json = method === 'PUT' ? flow : undefined;
      const what = `${method} /api/workflows/${flow.id}${rest}`;
      expect((await ask(api, what, { token: stranger, json })).status).toBe(404);
    }
    const { body: list } = await ask(api, 'GET /api/workflows', { token: stranger });
    expect(list.items).toEqual([]);
  });

  it.each([...each, ['GET', '/..'], ['POST', '/..']])(
    '401 to %s …%s by nobody',
    async (method, rest) => {
      const { id } = await create();
      const path = rest === '/..' ? '/api/workflows' : `/api/workflows/${id}${rest}`;
      const { status, body } = await ask(api, `${method} ${path}`);
      expect([status, body.code]).toEqual([401, 'unauthenticated']);
    },
  );
});
