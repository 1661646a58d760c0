import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { arbitraryFlow } from '../../../workflows/test/arbitrary-flow.js';
import { ask, type AskOptions, newUser } from '../testing/ask.js';
import { greeting } from '../testing/flows.js';
import { useTestApi } from '../testing/test-api.js';

let token: string;
let stranger: string;
const api = useTestApi();
beforeAll(async () => {
  ({ token } = await newUser(api));
  stranger = (await newUser(api)).token;
});

const asOwner = (what: string, options: AskOptions = {}) => ask(api, what, { token, ...options });
const asStranger = (what: string, options: AskOptions = {}) =>
  ask(api, what, { token: stranger, ...options });
const create = async (fields: object = {}) =>
  (await asOwner('POST /api/workflows', { json: { ...greeting, ...fields } })).body;

describe('POST /api/workflows/:id/clone', () => {
  it('201: a private flow of one’s own with new ids and the same wires', async () => {
    const flow = await create({ isPublic: true, isTemplate: true, description: 'Says hello' });
    const { status, body, headers } = await asStranger(`POST /api/workflows/${flow.id}/clone`);
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`/api/workflows/${body.id}`);
    const [trigger, speak] = body.nodes;
    expect(body).toMatchObject({
      name: 'Copy of Greeting',
      description: 'Says hello',
      isPublic: false,
      isTemplate: false,
      isOwn: true,
      revision: 1,
      nodes: greeting.nodes.map(({ id: _, ...rest }) => rest),
      edges: [{ source: trigger.id, sourceHandle: 'out', target: speak.id }],
      variables: greeting.variables,
    });
    const ids = (one: typeof body) => [one, ...one.nodes, ...one.edges].map(({ id }) => id);
    expect(new Set([...ids(flow), ...ids(body)]).size).toBe(2 * ids(flow).length);
    expect((await asStranger(`GET /api/workflows/${body.id}`)).body).toEqual(body);
    expect((await asStranger(`POST /api/workflows/${body.id}/publish`)).status).toBe(201);
    expect((await asOwner(`GET /api/workflows/${body.id}`)).status).toBe(404);
    expect((await asOwner(`GET /api/workflows/${flow.id}`)).body).toEqual(flow);
  });

  it('201: one’s own private flow; a long name stays within its limit', async () => {
    const flow = await create({ name: `${'x'.repeat(191)}😀` });
    const { status, body } = await asOwner(`POST /api/workflows/${flow.id}/clone`);
    expect([status, body.name.length]).toEqual([201, 200]);
    const json = { ...body, description: 'still writable' };
    expect((await asOwner(`PUT /api/workflows/${body.id}`, { json })).status).toBe(200);
  });
});

describe('GET /api/workflows/:id/export and POST /api/workflows/import', () => {
  it('200: the flow as a file, with nothing of where it was', async () => {
    const flow = await create({ isPublic: true, name: 'Grüße' });
    const { status, body, headers } = await asOwner(`GET /api/workflows/${flow.id}/export`);
    expect(status).toBe(200);
    expect(headers.get('content-disposition')).toMatch(/^attachment; .*Gr%C3%BC%C3%9Fe\.json$/);
    const { nodes, edges, variables } = greeting;
    expect(body).toEqual({
      ...{ schemaVersion: 1, name: 'Grüße', description: '', nodes, edges, variables },
    });
  });

  it('201: what is exported is imported, private and with its ids', async () => {
    const flow = await create({ isPublic: true, isTemplate: true });
    const { body: file } = await asOwner(`GET /api/workflows/${flow.id}/export`);
    const { status, body, headers } = await asStranger('POST /api/workflows/import', {
      json: file,
    });
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`/api/workflows/${body.id}`);
    const { id, workspaceId } = body;
    const changed = { id, workspaceId, isPublic: false, isTemplate: false };
    const times = { createdAt: body.createdAt, updatedAt: body.updatedAt };
    expect(body).toEqual({ ...flow, ...changed, ...times });
  });

  it('loses and adds nothing on the way there and back', async () => {
    const texts = fc.record({
      name: fc.string({ minLength: 1, maxLength: 200, unit: 'grapheme-ascii' }),
      description: fc.string({ maxLength: 50, unit: 'grapheme' }),
    });
    const positions = fc.record({
      x: fc.double({ min: -1e7, max: 1e7, noNaN: true }),
      y: fc.integer({ min: -1e7, max: 1e7 }),
    });
    await fc.assert(
      fc.asyncProperty(arbitraryFlow, texts, positions, async (flow, words, position) => {
        const nodes = flow.nodes.map((node) => ({ ...node, position }));
        const sent = { ...flow, ...words, nodes };
        const imported = await asOwner('POST /api/workflows/import', { json: sent });
        expect(imported.status).toBe(201);
        const path = `GET /api/workflows/${imported.body.id}/export`;
        const { body: exported } = await asOwner(path);
        expect(exported).toEqual(JSON.parse(JSON.stringify(sent)));
        const again = await asOwner('POST /api/workflows/import', { json: exported });
        const second = await asOwner(`GET /api/workflows/${again.body.id}/export`);
        expect(second.text).toBe((await asOwner(path)).text);
      }),
      { numRuns: 40 },
    );
  });

  it('422 for a file of another version, said first and clearly', async () => {
    const json = { ...greeting, schemaVersion: 2 };
    const { status, body } = await asOwner('POST /api/workflows/import', { json });
    expect([status, body.code]).toEqual([422, 'invalid']);
    expect(body.errors[0]).toMatchObject({
      path: 'schemaVersion',
      message: 'must be 1, the only format version that this installation supports',
    });
  });

  it('422 with each fault and its path', async () => {
    const [node] = greeting.nodes;
    const json = { schemaVersion: 1, ...greeting, nodes: [node], isPublic: true };
    const { status, body } = await asOwner('POST /api/workflows/import', { json });
    expect([status, body.errors.map((one: { path: string }) => one.path)]).toEqual([
      422,
      ['isPublic', 'edges[0].target'],
    ]);
  });
});

describe('a public flow of somebody else', () => {
  it('can be read, exported and cloned, and shows nothing of its owner', async () => {
    const flow = await create({ isPublic: true });
    const { workspaceId } = await api.deps.db.workflow.findUniqueOrThrow({
      where: { id: flow.id },
    });
    const answers = [
      await asStranger(`GET /api/workflows/${flow.id}`),
      await asStranger(`GET /api/workflows/${flow.id}/export`),
      await asStranger(`POST /api/workflows/${flow.id}/clone`),
      await asStranger('GET /api/workflows?public=true'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 201, 200]);
    for (const { text } of answers) expect(text).not.toContain(workspaceId);
    expect(answers[0]?.body).toEqual({ ...flow, isOwn: false, workspaceId: undefined });
  });

  it('is gone for others once it is private again', async () => {
    const flow = await create({ isPublic: true });
    const json = { ...flow, isPublic: false };
    await asOwner(`PUT /api/workflows/${flow.id}`, { json });
    for (const what of [
      `GET /api/workflows/${flow.id}`,
      `GET /api/workflows/${flow.id}/export`,
      `POST /api/workflows/${flow.id}/clone`,
    ]) {
      expect(await asStranger(what)).toMatchObject({ status: 404, body: { code: 'not_found' } });
      const nowhere = what.replace(flow.id, randomUUID());
      expect(await asOwner(nowhere)).toMatchObject({ status: 404, body: { code: 'not_found' } });
      expect((await ask(api, what)).status).toBe(401);
    }
  });
});

describe('GET /api/workflows?…', () => {
  const namesOf = async (query: string) => {
    const { body } = await asStranger(`GET /api/workflows?${query}`);
    return body.items.map((one: { name: string }) => one.name);
  };

  it('200: finds by name, by who may see it, and templates', async () => {
    const word = randomUUID();
    const of = (name: string, fields: object = {}) => ({
      json: { name: `${name} ${word}`, ...fields },
    });
    await asStranger('POST /api/workflows', of('Mine'));
    await asStranger('POST /api/workflows', of('My 100% template', { isTemplate: true }));
    await asOwner('POST /api/workflows', of('Theirs', { isPublic: true }));
    await asOwner(
      'POST /api/workflows',
      of('Their template', { isPublic: true, isTemplate: true }),
    );
    await asOwner('POST /api/workflows', of('Hidden', { isTemplate: true }));
    const found = async (query: string) =>
      (await namesOf(query)).map((name: string) => name.replace(` ${word}`, ''));
    expect(await found(`q=${word.toUpperCase()}`)).toEqual(['My 100% template', 'Mine']);
    expect(await found(`q=mine ${word}`)).toEqual(['Mine']);
    expect(await found(`q=${word}&public=true`)).toEqual(['Their template', 'Theirs']);
    expect(await found(`q=${word}&template=true`)).toEqual(['My 100% template']);
    expect(await found(`q=${word}&public=true&template=true`)).toEqual(['Their template']);
    expect(await found('q=0%25%20')).toEqual(['My 100% template']);
    expect(await found('q=_')).toEqual([]);
    expect(await found('q=%5C')).toEqual([]);
  });

  it.each(['public=false', 'public=1', 'template=', `q=${'x'.repeat(201)}`])(
    '400 for ?%s',
    async (query) => {
      const { status, body } = await asStranger(`GET /api/workflows?${query}`);
      expect([status, body.code]).toEqual([400, 'bad_request']);
    },
  );
});
