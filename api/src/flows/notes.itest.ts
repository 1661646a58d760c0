import { beforeAll, expect, it } from 'vitest';
import { ask, type AskOptions, newUser } from '../testing/ask.js';
import { greeting } from '../testing/flows.js';
import { useTestApi } from '../testing/test-api.js';

let token: string;
const api = useTestApi();
beforeAll(async () => {
  ({ token } = await newUser(api));
});

const asOwner = (what: string, options: AskOptions = {}) => ask(api, what, { token, ...options });
const notes = [{ id: 'n1', text: 'Ask sales\nabout this', position: { x: -40, y: 12.5 } }];
const withNotes = { ...greeting, notes };

it('are kept with the flow, and go with it where it is copied', async () => {
  const { status, body: flow } = await asOwner('POST /api/workflows', { json: withNotes });
  expect([status, flow.notes]).toEqual([201, notes]);
  expect((await asOwner(`GET /api/workflows/${flow.id}`)).body).toEqual(flow);
  const { body: file } = await asOwner(`GET /api/workflows/${flow.id}/export`);
  expect(file.notes).toEqual(notes);
  const imported = await asOwner('POST /api/workflows/import', { json: file });
  expect([imported.status, imported.body.notes]).toEqual([201, notes]);
  const clone = await asOwner(`POST /api/workflows/${flow.id}/clone`);
  expect(clone.body.notes).toEqual(notes);
});

it('are in no version, and stay where one is restored', async () => {
  const { body: flow } = await asOwner('POST /api/workflows', { json: withNotes });
  const published = await asOwner(`POST /api/workflows/${flow.id}/publish`);
  const version = `/api/workflows/${flow.id}/versions/${published.body.number}`;
  expect((await asOwner(`GET ${version}`)).body).not.toHaveProperty('notes');
  const restored = await asOwner(`POST ${version}/restore`);
  expect(restored.body).toMatchObject({ revision: 2, notes });
  const { revision } = restored.body;
  const json = { ...flow, revision, notes: [{ ...notes[0], text: 'Another' }] };
  await asOwner(`PUT /api/workflows/${flow.id}`, { json });
  // What runs is the same: no new version of it.
  expect((await asOwner(`POST /api/workflows/${flow.id}/publish`)).status).toBe(200);
});

it('are gone with a PUT that has none', async () => {
  const { body: flow } = await asOwner('POST /api/workflows', { json: withNotes });
  const { notes: _, ...json } = flow;
  const { body } = await asOwner(`PUT /api/workflows/${flow.id}`, { json });
  expect(body).not.toHaveProperty('notes');
  expect((await asOwner(`GET /api/workflows/${flow.id}`)).body).toEqual(body);
});

it.each([
  ['two with one id', [notes[0], notes[0]], 'notes[1].id'],
  ['more than their fields', [{ ...notes[0], colour: 'red' }], 'notes[0].colour'],
  ['too many words', [{ ...notes[0], text: 'x'.repeat(4_001) }], 'notes[0].text'],
])('422: %s', async (_, wrong, path) => {
  const json = { ...greeting, notes: wrong };
  const { status, body } = await asOwner('POST /api/workflows', { json });
  expect(status).toBe(422);
  expect(body.errors).toMatchObject([{ path }]);
});
