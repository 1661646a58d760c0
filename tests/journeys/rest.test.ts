import { randomUUID } from 'node:crypto';
import type { Problem, FlowResource } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { converse } from '../support/conversation.js';
import { ask, edge, node, row, say } from '../support/flows.js';
import { useInstallation } from '../support/installation.js';
import { spoken } from '../support/story.js';

const site = useInstallation();

const raw = (path: string, init: RequestInit = {}) => fetch(site.system.url + path, init);

async function problemOf(response: Response): Promise<Problem> {
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const problem = (await response.json()) as Problem;
  expect(problem).toMatchObject({
    type: expect.any(String) as string,
    title: expect.any(String) as string,
    detail: expect.any(String) as string,
    status: response.status,
  });
  return problem;
}

describe('an account', () => {
  const account = () => ({ email: `${randomUUID()}@example.com`, password: 'a long password' });
  const post = (path: string, body: unknown, headers = {}) =>
    raw(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });

  it('is opened once, signed in to and out of', async () => {
    const { email, password } = account();
    const opened = await post('/api/auth/register', { email, password, name: 'Ada' });
    expect(opened.status).toBe(201);
    expect(await opened.json()).toMatchObject({ user: { email, name: 'Ada' } });
    const again = await post('/api/auth/register', { email: email.toUpperCase(), password });
    expect(await problemOf(again)).toMatchObject({ status: 409, code: 'email_taken' });
    const wrong = await post('/api/auth/login', { email, password: 'another password' });
    expect(await problemOf(wrong)).toMatchObject({ status: 401, code: 'bad_credentials' });
    const unknown = await post('/api/auth/login', account());
    expect(await problemOf(unknown)).toMatchObject({ status: 401, code: 'bad_credentials' });

    const entered = await post('/api/auth/login', { email, password });
    expect(entered.status).toBe(200);
    const { token } = (await entered.json()) as { token: string };
    const authorization = `Bearer ${token}`;
    const me = await raw('/api/auth/me', { headers: { authorization } });
    expect(await me.json()).toMatchObject({ user: { email } });
    expect((await post('/api/auth/logout', {}, { authorization })).status).toBe(204);
    const after = await raw('/api/auth/me', { headers: { authorization } });
    expect(await problemOf(after)).toMatchObject({ status: 401, code: 'unauthenticated' });
  });

  it('is held by an HttpOnly cookie that foreign pages cannot use', async () => {
    const opened = await post('/api/auth/register', account());
    const [sent = ''] = opened.headers.getSetCookie();
    expect(sent).toMatch(/HttpOnly/i);
    expect(sent).toMatch(/SameSite=Lax/i);
    const [cookie = ''] = sent.split(';');
    expect((await raw('/api/auth/me', { headers: { cookie } })).status).toBe(200);
    const own = { cookie, origin: site.system.url };
    expect((await raw('/api/auth/me', { headers: own })).status).toBe(200);
    const foreign = { cookie, origin: 'http://evil.example' };
    const refused = await raw('/api/auth/me', { headers: foreign });
    expect(await problemOf(refused)).toMatchObject({ status: 403, code: 'foreign_origin' });
  });

  it('gets an error for each field', async () => {
    const refused = await post('/api/auth/register', { email: 'ada', password: 'short', age: 3 });
    const problem = await problemOf(refused);
    expect(problem).toMatchObject({ status: 422, code: 'invalid' });
    expect(problem.errors?.map(({ path }) => path).sort()).toEqual(['age', 'email', 'password']);
  });
});

describe('any address', () => {
  it('says what is wrong with a request', async () => {
    const authorization = `Bearer ${site.client.token}`;
    const json = { authorization, 'content-type': 'application/json' };
    const asked = async (path: string, init?: RequestInit) => problemOf(await raw(path, init));
    expect(await asked('/api/nowhere', { headers: json })).toMatchObject({ code: 'not_found' });
    expect(await asked('/api/workflows')).toMatchObject({ code: 'unauthenticated' });
    expect(await asked('/api/workflows', { method: 'PATCH', headers: json })).toMatchObject({
      status: 405,
    });
    expect(
      await asked('/api/workflows', { method: 'POST', headers: json, body: '{' }),
    ).toMatchObject({ status: 400 });
    expect(
      await asked('/api/workflows', { method: 'POST', headers: { authorization }, body: 'hi' }),
    ).toMatchObject({ status: 415 });
    expect(await asked('/api/runs?status=lost', { headers: json })).toMatchObject({ status: 400 });
  });
});

describe('a flow', () => {
  it('comes back as it was sent, and goes with its runs', async () => {
    const draft = row([ask('it')]);
    const created = await site.client.call<FlowResource>('POST', '/api/workflows', draft);
    expect(created).toMatchObject({ status: 201, body: { ...draft, revision: 1 } });
    const path = `/api/workflows/${created.body.id}`;
    expect((await site.client.call('GET', path)).body).toEqual(created.body);
    const started = await site.client.call('POST', `${path}/runs`, { version: 'draft' });
    expect((await site.client.call('DELETE', path)).status).toBe(204);
    expect((await site.client.call('GET', path)).status).toBe(404);
    const run = `/api/runs/${String(started.body['runId'])}`;
    expect((await site.client.call('GET', run)).status).toBe(404);
  });

  it('is not overwritten by who has not read the newest', async () => {
    const draft = row([say('it', 'one')]);
    const id = await site.client.save(draft);
    const put = (revision: number, text: string) =>
      site.client.call('PUT', `/api/workflows/${id}`, { ...row([say('it', text)]), revision });
    expect(await put(1, 'two')).toMatchObject({ status: 200, body: { revision: 2 } });
    expect(await put(1, 'three')).toMatchObject({
      status: 409,
      body: { code: 'stale_revision', currentRevision: 2 },
    });
    const { body } = await site.client.call('GET', `/api/workflows/${id}`);
    expect(JSON.stringify(body)).toContain('two');
  });

  it.each([
    ['a duplicate id', { nodes: [say('start', 'x')] }, ['nodes[1].id']],
    ['a dangling edge', { edges: [edge('start', 'out', 'lost')] }, ['edges[0].target']],
    ['no such handle', { edges: [edge('start', 'error', 'start')] }, ['edges[0].sourceHandle']],
    ['an unknown kind', { nodes: [node('it', 'dance', {})] }, ['nodes[1].type']],
    ['an unknown field', { nodes: [node('it', 'speak', { volume: 3 })] }, ['nodes[1].data.volume']],
    [
      'a secret that goes nowhere',
      { nodes: [node('it', 'integration', { auth: { secret: 'x', in: 'pocket' } })] },
      ['nodes[1].data.auth.in'],
    ],
    [
      'another service than http',
      { nodes: [node('it', 'integration', { kind: 'fax' })] },
      ['nodes[1].data.kind'],
    ],
  ])('is refused with %s', async (_, { nodes = [], edges = [] }: Faulty, paths) => {
    const trigger = node('start', 'trigger', { kind: 'chat' });
    const answer = await site.client.call<Problem>('POST', '/api/workflows', {
      name: 'Faulty',
      nodes: [trigger, ...nodes],
      edges,
    });
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid' } });
    expect(answer.body.errors?.map(({ path }) => path)).toEqual(paths);
  });

  it('without a published version runs as a draft only', async () => {
    const id = await site.client.save(row([say('it', 'Hi')]));
    const start = (body: object) => site.client.call('POST', `/api/workflows/${id}/runs`, body);
    expect(await start({})).toMatchObject({ status: 422, body: { code: 'no_version' } });
    expect(await start({ version: 7 })).toMatchObject({
      status: 422,
      body: { code: 'no_version' },
    });
    expect(await start({ version: 'draft', mode: 'slow' })).toMatchObject({
      status: 422,
      body: { code: 'invalid', errors: [{ path: 'mode' }] },
    });
    expect(await start({ version: 'draft', colour: 1 })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'colour' }] },
    });
  });

  it('that is edited goes on in runs as it was', async () => {
    const draft = (text: string) => row([ask('it'), say('then', text)]);
    const workflowId = await site.client.save(draft('old'));
    const before = await converse(site.client, { workflowId, version: 'draft' });
    await before.see('system:waiting_for_input');
    const put = await site.client.call('PUT', `/api/workflows/${workflowId}`, {
      ...draft('new'),
      revision: 1,
    });
    expect(put.status).toBe(200);
    const after = await converse(site.client, { workflowId, version: 'draft' });
    for (const run of [before, after]) {
      await run.say('go on');
      await run.finished();
    }
    expect(spoken(before)).toEqual(['user: go on', 'system: old']);
    expect(spoken(after)).toEqual(['user: go on', 'system: new']);
  });
});

type Faulty = { nodes?: unknown[]; edges?: unknown[] };

describe('a run', () => {
  it('is started once by one requestId', async () => {
    const id = await site.client.save(row([ask('it')]));
    const start = (requestId: string, input: object) =>
      site.client.call<{ runId: string }>('POST', `/api/workflows/${id}/runs`, {
        version: 'draft',
        input,
        requestId,
      });
    const first = await start('r-1', { n: 1 });
    expect(first.status).toBe(201);
    expect(await start('r-1', { n: 1 })).toMatchObject({ status: 200, body: first.body });
    expect(await start('r-1', { n: 2 })).toMatchObject({
      status: 409,
      body: { code: 'request_id_reused' },
    });
    const many = await Promise.all(Array.from({ length: 5 }, () => start('r-2', {})));
    expect(new Set(many.map(({ body }) => body.runId)).size).toBe(1);
    expect(many.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 201]);
  });

  it('takes replies and its cancellation', async () => {
    const run = await site.hold(row([ask('a'), ask('b')]));
    const path = `/api/runs/${run.runId}`;
    const reply = { message: 'one', messageId: 'm-1' };
    expect(await site.client.call('POST', `${path}/messages`, reply)).toMatchObject({
      status: 202,
      body: { accepted: true, duplicate: false },
    });
    expect(await site.client.call('POST', `${path}/messages`, { message: 'x' })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'messageId' }] },
    });
    await run.see('system:waiting_for_input', ({ nodeId }) => nodeId === 'b');
    expect((await site.client.call('POST', `${path}/cancel`)).status).toBe(202);
    expect(await run.finished()).toMatchObject({ status: 'cancelled' });
    const { body } = await site.client.call('GET', path);
    expect(body).toMatchObject({
      ...{ runId: run.runId, version: 'draft', mode: 'auto', status: 'cancelled' },
      ...{ variables: { a: 'one' }, lastSeq: run.told.length, currentNodes: [] },
      messages: [{ id: 'm-1', role: 'user', text: 'one', nodeId: 'a' }],
    });
    expect(Date.parse(body['finishedAt'] as string)).toBeGreaterThan(0);
    const late = { message: 'late', messageId: 'm-2' };
    expect(await site.client.call('POST', `${path}/messages`, late)).toMatchObject({ status: 409 });
  });

  it('that is over cannot be cancelled', async () => {
    const run = await site.hold(row([say('it', 'Bye.')]));
    await run.finished();
    expect(await site.client.call('POST', `/api/runs/${run.runId}/cancel`)).toMatchObject({
      status: 409,
      body: { code: 'run_finished' },
    });
  });
});

describe('a list', () => {
  type Page = { items: { id?: string; runId?: string; seq?: number }[]; nextCursor: string | null };

  it('comes page by page', async () => {
    const user = await site.another();
    const pages = async (path: string, limit: number) => {
      const found: Page['items'][] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const more: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
        const { body }: { body: Page } = await user.call('GET', `${path}limit=${limit}${more}`);
        found.push(body.items);
        cursor = body.nextCursor;
      }
      return found;
    };
    const ids: string[] = [];
    for (let i = 0; i < 5; i += 1) ids.push(await user.save(row([ask('it')], { name: `${i}` })));
    const flows = await pages('/api/workflows?', 2);
    expect(flows.map((page) => page.length)).toEqual([2, 2, 1]);
    expect(flows.flat().map(({ id }) => id)).toEqual(ids.toReversed());

    const [workflowId = ''] = ids;
    const runs = [];
    for (let i = 0; i < 3; i += 1)
      runs.push(await converse(user, { workflowId, version: 'draft' }));
    const [first] = runs;
    await first?.say('done');
    await first?.finished();
    const runIds = runs.map(({ runId }) => runId).toReversed();
    const ofFlow = await pages(`/api/runs?workflowId=${workflowId}&`, 2);
    expect(ofFlow.flat().map(({ runId }) => runId)).toEqual(runIds);
    const completed = await pages('/api/runs?status=completed&', 2);
    expect(completed.flat().map(({ runId }) => runId)).toEqual([first?.runId]);

    const events = await pages(`/api/runs/${first?.runId}/events?`, 3);
    expect(events.flat().map(({ seq }) => seq)).toEqual(
      first?.told.map(({ payload }) => payload.seq),
    );
    const { body } = await user.call<Page>('GET', `/api/runs/${first?.runId}/events?afterSeq=4`);
    expect(body.items[0]?.seq).toBe(5);
    expect(body.nextCursor).toBeNull();
  });

  it('refuses a cursor that it never gave', async () => {
    const answer = await site.client.call('GET', '/api/workflows?cursor=abc');
    expect(answer).toMatchObject({ status: 400, body: { code: 'bad_request' } });
  });
});

describe('what belongs to somebody else', () => {
  it('is not there', async () => {
    const run = await site.hold(row([ask('it')]));
    const { workflowId } = await site.client.snapshot(run.runId);
    const stranger = await site.another();
    const flow = `/api/workflows/${workflowId}`;
    const ofRun = `/api/runs/${run.runId}`;
    const answers = [
      await stranger.call('GET', flow),
      await stranger.call('PUT', flow, { ...row([ask('it')]), revision: 1 }),
      await stranger.call('DELETE', flow),
      await stranger.call('POST', `${flow}/validate`),
      await stranger.call('POST', `${flow}/runs`, { version: 'draft' }),
      await stranger.call('GET', ofRun),
      await stranger.call('GET', `${ofRun}/events`),
      await stranger.call('POST', `${ofRun}/messages`, { message: 'x', messageId: 'x' }),
      await stranger.call('POST', `${ofRun}/cancel`),
    ];
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } });
    }
    const lists = [
      await stranger.call('GET', '/api/runs'),
      await stranger.call('GET', '/api/workflows'),
    ];
    for (const { body } of lists) expect(body).toEqual({ items: [], nextCursor: null });
    expect(await site.client.snapshot(run.runId)).toMatchObject({ status: 'waiting' });
  });
});
