import { flowSchema } from '@crmflow/contracts';
import { checkFlow } from '@crmflow/expressions';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FakeGemini, startFakeGemini } from '../../../../tests/support/fake-gemini.js';
import { builtInTemplates } from '../../flows/templates/built-in.js';
import { ask, newUser } from '../../testing/ask.js';
import { keyRoutes } from '../../keys/routes.js';
import { startTestApi, type TestApi } from '../../testing/test-api.js';
import { aiRoutes } from '../routes.js';

let api: TestApi;
let gemini: FakeGemini;
let token: string;

beforeAll(async () => {
  gemini = await startFakeGemini();
  api = await startTestApi({
    environment: { GEMINI_BASE_URL: gemini.url, GEMINI_API_KEY: 'shared-key' },
    routes: (deps) => [...aiRoutes(deps), ...keyRoutes(deps)],
  });
  ({ token } = await newUser(api));
});
afterAll(() => Promise.all([api?.stop(), gemini?.close()]));
beforeEach(() => {
  gemini.requests.length = 0;
  gemini.behave({});
});

const written = {
  name: 'Dental leads',
  description: 'Qualifies leads.',
  variables: [{ name: 'tries', default: '0' }],
  nodes: [
    { id: 'start', type: 'trigger', label: 'Start', data: { kind: 'chat', mode: 'text' } },
    { id: 'hello', type: 'speak', label: 'Hello', data: { mode: 'text', text: 'What hurts?' } },
    { id: 'need', type: 'listen', label: 'Need', data: { variable: 'need', timeout: 'P2D' } },
    {
      id: 'judge',
      type: 'ai',
      label: 'Judge',
      data: {
        prompt: 'Judge {{ vars.need }}',
        output: 'variable',
        saveAs: 'lead',
        fields: [
          { name: 'score', type: 'integer' },
          { name: 'mood', type: 'string', enum: ['calm', 'hurt'] },
        ],
      },
    },
    {
      id: 'good',
      type: 'logic',
      label: 'Good?',
      data: { kind: 'branch', cases: [{ handle: 'yes', when: 'vars.lead.score > 50' }] },
    },
    {
      id: 'book',
      type: 'integration',
      label: 'Book',
      data: {
        kind: 'http',
        method: 'POST',
        url: 'https://api.example.com/calls',
        headers: [{ name: 'X-From', value: 'crm' }],
        body: '{"need": "{{ vars.need }}"}',
      },
    },
  ],
  edges: [
    { source: 'start', sourceHandle: 'out', target: 'hello' },
    { source: 'hello', sourceHandle: 'out', target: 'need' },
    { source: 'need', sourceHandle: 'out', target: 'judge' },
    { source: 'judge', sourceHandle: 'out', target: 'good' },
    { source: 'good', sourceHandle: 'yes', target: 'book' },
  ],
};
const broken = { ...written, nodes: written.nodes.filter(({ id }) => id !== 'hello') };

/** The model writes these, one after the other, and the last one ever after. */
function writes(...texts: string[]): void {
  let at = 0;
  gemini.behave({
    handle: () => ({ kind: 'answer', text: texts[Math.min(at++, texts.length - 1)] ?? '' }),
  });
}

const generate = (json: object, headers: Record<string, string> = {}) =>
  ask(api, 'POST /api/ai/generate-workflow', { token, json, headers });
type Told = { stage?: string; workflow?: object; problems?: []; usage?: { outputTokens: number } };
const prompt = 'qualify leads for a dental clinic';
const textsOf = (at: number) =>
  gemini.requests[at]?.body.contents?.map(({ role, parts }) => [role, parts?.at(-1)?.text]);

describe('POST /api/ai/generate-workflow', () => {
  it('answers with a flow that can be saved and run, laid out, and saves nothing', async () => {
    writes(JSON.stringify(written));
    const { status, body } = await generate({ prompt });
    expect(status).toBe(200);
    const flow = flowSchema.parse(body);
    expect(checkFlow(flow)).toEqual([]);
    const [first, ...below] = flow.nodes.map(({ position }) => position);
    expect(below.every(({ x }) => x === first?.x)).toBe(true);
    const heights = [first, ...below].map((one) => one?.y ?? 0);
    expect(heights).toEqual([...new Set(heights)].sort((a, b) => a - b));
    expect(body.nodes[0].data).toEqual({ kind: 'chat' });
    expect(body.nodes[3].data.schema).toEqual({
      type: 'object',
      required: ['score', 'mood'],
      properties: { score: { type: 'integer' }, mood: { type: 'string', enum: ['calm', 'hurt'] } },
    });
    expect(body.nodes[5].data).toMatchObject({
      headers: { 'X-From': 'crm' },
      body: { need: '{{ vars.need }}' },
    });
    expect((await ask(api, 'GET /api/workflows', { token })).body.items).toEqual([]);
    expect(await ask(api, 'POST /api/workflows', { token, json: body })).toMatchObject({
      status: 201,
    });
  });

  it('asks by a schema that Gemini takes, and by a system prompt of ours', async () => {
    writes(JSON.stringify(written));
    await generate({ prompt });
    const { body } = gemini.requests[0] ?? {};
    expect(body?.generationConfig?.responseMimeType).toBe('application/json');
    expect(body?.generationConfig?.responseSchema?.properties).toHaveProperty('nodes');
    expect(body?.systemInstruction?.parts?.[0]?.text).toMatch(/^You write conversation flows/);
    expect(textsOf(0)).toEqual([['user', prompt]]);
  });

  it('takes a flow as it is saved, too', async () => {
    for (const { flow } of builtInTemplates()) {
      writes(JSON.stringify(flow));
      const { status, body } = await generate({ prompt });
      expect([flow.name, status]).toEqual([flow.name, 200]);
      expect(checkFlow(flowSchema.parse(body))).toEqual([]);
    }
  });

  it('sends the errors back to the model once', async () => {
    writes(JSON.stringify(broken), JSON.stringify(written));
    expect((await generate({ prompt })).status).toBe(200);
    const [first, second, third, ...more] = textsOf(1) ?? [];
    expect([first, second?.[0], more]).toEqual([['user', prompt], 'model', []]);
    expect(second?.[1]).toBe(JSON.stringify(broken));
    expect(third?.[1]).toMatch(
      /these errors[^]*edges\[0\]\.target: The flow has no node with the ID “hello”/,
    );
  });

  it.each([
    ['a flow with faults', JSON.stringify(broken)],
    ['no JSON', 'I would rather not'],
    ['a list', '[]'],
    ['nonsense', '{"nodes": [3, {"id": {}, "data": 7}], "edges": {"a": 1}, "name": 9}'],
  ])('says so where the model insists on %s', async (_, text) => {
    writes(text);
    const answer = await generate({ prompt });
    expect(answer).toMatchObject({ status: 422, body: { code: 'ai_flow_invalid' } });
    expect(answer.body.errors.length).toBeGreaterThan(0);
    expect(gemini.requests).toHaveLength(2);
  });

  it('asks once more for what would not work as meant, and keeps what runs', async () => {
    const typo = structuredClone(written);
    Object.assign(typo.nodes[1] ?? {}, { data: { mode: 'text', text: 'Hi {{ vars.nmae }}' } });
    writes(JSON.stringify(typo), JSON.stringify(broken));
    const { status, body } = await generate({ prompt });
    expect([status, body.nodes[1].data.text]).toEqual([200, 'Hi {{ vars.nmae }}']);
    expect(textsOf(1)?.at(-1)?.[1]).toMatch(/these errors[^]*hello: .*nmae/);
  });

  it('tells the model which keys and knowledge there are, never a secret', async () => {
    const { token: other, user } = await newUser(api);
    const key = { service: 'crm', key: 'sk-very-secret-1', hosts: ['crm.example'] };
    await ask(api, 'POST /api/keys', { token: other, json: key });
    const item = { workspaceId: user.id, type: 'manual', generation: 1 };
    await api.deps.db.knowledgeItem.create({ data: { ...item, name: 'Cards' } });
    await api.deps.db.knowledgeItem.create({ data: { ...item, name: 'Old', enabled: false } });
    const called = structuredClone(written);
    Object.assign(called.nodes[5]?.data ?? {}, { url: 'https://crm.example/calls', key: 'crm' });
    writes(JSON.stringify(called));
    const { body } = await ask(api, 'POST /api/ai/generate-workflow', {
      token: other,
      json: { prompt },
    });
    const [facts] = gemini.requests[0]?.body.contents?.[0]?.parts ?? [];
    expect(JSON.parse(facts?.text ?? '')).toEqual({
      keys: [{ service: 'crm', hosts: ['crm.example'] }],
      knowledge: ['Cards'],
    });
    expect(JSON.stringify(gemini.requests)).not.toContain('secret-1');
    expect(body.nodes[5].data.auth).toEqual({ secret: 'crm', in: 'bearer' });
  });

  it('changes a flow: it is data in a turn of its own, and what stays keeps ids and places', async () => {
    writes(JSON.stringify(written));
    const { body: before } = await generate({ prompt });
    const { schemaVersion: _, ...workflow } = before;
    gemini.requests.length = 0;
    const changed = structuredClone(written);
    Object.assign(changed.nodes[1] ?? {}, { data: { mode: 'text', text: 'Where does it hurt?' } });
    writes(JSON.stringify(changed));
    const answer = await generate({ prompt: 'ask where it hurts', workflow });
    const [, flow, request] = gemini.requests[0]?.body.contents?.[0]?.parts ?? [];
    expect(JSON.parse(flow?.text ?? '')).toMatchObject({ name: 'Dental leads' });
    expect(request?.text).toBe('ask where it hurts');
    expect(answer.body.edges).toEqual(before.edges);
    const positions = (one: { nodes: { position: object }[] }) =>
      one.nodes.map(({ position }) => position);
    expect(positions(answer.body)).toEqual(positions(before));
  });

  it('reports its progress', async () => {
    writes(JSON.stringify(broken), JSON.stringify(written));
    const { text } = await generate({ prompt }, { accept: 'text/event-stream' });
    const events = [...text.matchAll(/^event: (.*)\ndata: (.*)$/gm)].map(
      ([, event, data]) => [event, JSON.parse(data ?? '')] as [string, Told],
    );
    const stages = events.flatMap(([event, data]) => (event === 'progress' ? [data.stage] : []));
    expect(stages.filter((stage, i) => stage !== stages[i - 1])).toEqual([
      ...['asking', 'writing', 'checking', 'repairing', 'writing', 'checking', 'laying_out'],
    ]);
    const [last, done] = events.at(-1) ?? [];
    expect(last).toBe('done');
    expect(done).toMatchObject({ workflow: { name: 'Dental leads' }, problems: [] });
    expect(done?.usage?.outputTokens).toBeGreaterThan(0);
  });
});
