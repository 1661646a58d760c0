import { beforeAll, describe, expect, it } from 'vitest';
import { ask, newUser } from '../../testing/ask.js';
import { greeting } from '../../testing/flows.js';
import { useTestApi } from '../../testing/test-api.js';
import { templateRoutes } from './routes.js';

let token: string;

const api = useTestApi({ routes: templateRoutes });
beforeAll(async () => {
  ({ token } = await newUser(api));
});

const list = async (query = '', as = token) =>
  (await ask(api, `GET /api/templates${query}`, { token: as })).body;
const namesOf = (page: { items: { name: string }[] }) => page.items.map(({ name }) => name);

describe('GET /api/templates', () => {
  it('lists those of the product first, with what a preview needs and no more', async () => {
    const { items, nextCursor } = await list();
    expect(nextCursor).toBeNull();
    expect(items[0]).toMatchObject({
      id: 'template-lead-qualification',
      category: 'sales',
      isBuiltIn: true,
      isOwn: false,
      nodeCount: 16,
      kinds: { trigger: 1, ai: 1, integration: 1 },
      needs: ['model', 'service'],
    });
    expect(Object.keys(items[0].nodes[0])).toEqual(['id', 'type', 'label', 'position']);
    expect(items[0].edges[0]).toMatchObject({ source: 'start', sourceHandle: 'out' });
  });

  it('lists flows that are marked as templates: own ones, and public ones of others', async () => {
    const other = await newUser(api);
    const save = (as: string, name: string, more: object) =>
      ask(api, 'POST /api/workflows', { token: as, json: { ...greeting, name, ...more } });
    await save(token, 'Mine', { isTemplate: true });
    await save(token, 'No template', { isPublic: true });
    await save(other.token, 'Shown', { isTemplate: true, isPublic: true });
    await save(other.token, 'Hidden', { isTemplate: true });
    const community = await list('?category=community');
    expect(namesOf(community)).toEqual(['Shown', 'Mine']);
    expect(community.items).toMatchObject([
      { isOwn: false, category: 'community', needs: [], kinds: { speak: 1 } },
      { isOwn: true, variables: greeting.variables },
    ]);
    expect(namesOf(await list('?q=sh'))).toEqual(['Shown']);
    expect(namesOf(await list('?q=SURVEY'))).toEqual(['Feedback survey']);
    expect(namesOf(await list('?category=support'))).toEqual(['Support triage', 'FAQ']);
  });

  it('gives out pages, through those of the product into those of users', async () => {
    const whole = namesOf(await list());
    const paged: string[] = [];
    let cursor = '';
    do {
      const page = await list(`?limit=3${cursor && `&cursor=${cursor}`}`);
      paged.push(...namesOf(page));
      cursor = page.nextCursor ?? '';
    } while (cursor);
    expect(paged).toEqual(whole);
    expect(paged.slice(-2)).toEqual(['Shown', 'Mine']);
  });
});

describe('GET /api/templates/:id', () => {
  const read = (id: string, as = token) => ask(api, `GET /api/templates/${id}`, { token: as });

  it('reads what the list shows', async () => {
    for (const template of (await list()).items) {
      expect(await read(template.id)).toMatchObject({ status: 200, body: template });
    }
  });

  it('404 for what is private, what is no template, and where nothing is', async () => {
    const save = async (more: object) =>
      (await ask(api, 'POST /api/workflows', { token, json: { ...greeting, ...more } })).body.id;
    const hidden = await save({ isTemplate: true });
    const plain = await save({ isPublic: true });
    const other = await newUser(api);
    expect((await read(hidden)).status).toBe(200);
    expect((await read(hidden, other.token)).body.code).toBe('not_found');
    expect((await read(plain)).status).toBe(404);
    expect((await read('template-none')).status).toBe(404);
  });
});

describe('POST /api/workflows/:id/clone', () => {
  it('makes a flow from a template of the product, under its own name', async () => {
    const answer = await ask(api, 'POST /api/workflows/template-faq/clone', { token });
    expect(answer).toMatchObject({
      status: 201,
      body: { name: 'FAQ', isOwn: true, isTemplate: false, revision: 1 },
    });
    const { nodes, edges } = answer.body;
    expect(nodes).toHaveLength(7);
    const ids = new Set(nodes.map(({ id }: { id: string }) => id));
    expect(ids.has('start')).toBe(false);
    for (const edge of edges) expect(ids.has(edge.source) && ids.has(edge.target)).toBe(true);
  });

  it('gives the flow the tests of the template, which pass and gate it', async () => {
    const flow = await ask(api, 'POST /api/workflows/template-front-desk/clone', { token });
    const all = `/api/workflows/${flow.body.id}/tests`;
    const { body: page } = await ask(api, `GET ${all}`, { token });
    const { body: report } = await ask(api, `POST ${all}/run`, { token, json: {} });
    expect(page.items.length).toBeGreaterThan(0);
    expect(page.items.every(({ gate }: { gate: boolean }) => gate)).toBe(true);
    expect(report.results.map(({ passed }: { passed: boolean }) => passed)).toEqual(
      page.items.map(() => true),
    );
    expect(report.coverage.handles.missing).toEqual([]);
  });

  it('refuses unknown template IDs', async () => {
    const { status } = await ask(api, 'POST /api/workflows/template-none/clone', { token });
    expect(status).toBe(404);
  });
});
