import { type Flow, flowSchema } from '@crmflow/contracts';
import { checkFlow } from '@crmflow/expressions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeGemini, startFakeGemini } from '../../../../tests/support/fake-gemini.js';
import { ask, newUser } from '../../testing/ask.js';
import { startTestApi, type TestApi } from '../../testing/test-api.js';
import { aiRoutes } from '../routes.js';

let api: TestApi;
let gemini: FakeGemini;
let token: string;

beforeAll(async () => {
  gemini = await startFakeGemini();
  api = await startTestApi({
    environment: { GEMINI_BASE_URL: gemini.url, GEMINI_API_KEY: 'shared-key' },
    routes: aiRoutes,
  });
  ({ token } = await newUser(api));
});
afterAll(() => Promise.all([api?.stop(), gemini?.close()]));

/** A small flow: it greets, asks for a plan, and judges it. */
const flow = {
  name: 'Plans',
  description: 'Asks for a plan.',
  variables: [{ name: 'tries', default: '0' }],
  nodes: [
    { id: 'start', type: 'trigger', label: 'Start', data: { kind: 'chat' } },
    { id: 'hi', type: 'speak', label: 'Hi', data: { mode: 'text', text: 'Which plan?' } },
    { id: 'plan', type: 'listen', label: 'Plan', data: { variable: 'plan', timeout: 'P2D' } },
    {
      id: 'judge',
      type: 'logic',
      label: 'Pro?',
      data: { kind: 'branch', cases: [{ handle: 'pro', when: 'vars.plan == "pro"' }] },
    },
    { id: 'thanks', type: 'speak', label: 'Thanks', data: { text: 'Thanks for {{ vars.plan }}' } },
  ],
  edges: [
    { source: 'start', sourceHandle: 'out', target: 'hi' },
    { source: 'hi', sourceHandle: 'out', target: 'plan' },
    { source: 'plan', sourceHandle: 'out', target: 'judge' },
    { source: 'judge', sourceHandle: 'pro', target: 'thanks' },
  ],
};
const json = JSON.stringify(flow);

/** The flow with another data of a node. */
function withData(id: string, data: object, type?: string): string {
  const nodes = flow.nodes.map((node) =>
    node.id === id ? { ...node, ...(type && { type }), data } : node,
  );
  return JSON.stringify({ ...flow, nodes });
}

/** The flow whose wire at a place has another handle. */
function withHandle(at: number, sourceHandle: string): string {
  const edges = flow.edges.map((edge, i) => (i === at ? { ...edge, sourceHandle } : edge));
  return JSON.stringify({ ...flow, edges });
}

const when = (source: string) =>
  withData('judge', { kind: 'branch', cases: [{ handle: 'pro', when: source }] });
const conditionOf = ({ nodes }: Flow) => {
  const data = nodes.find(({ id }) => id === 'judge')?.data;
  return data && 'cases' in data ? data.cases[0]?.when : undefined;
};
const dataOf = (made: Flow, at: string) => made.nodes.find(({ id }) => id === at)?.data;
const handlesAt = (made: Flow, at: string) =>
  made.edges.filter(({ source }) => source === at).map(({ sourceHandle }) => sourceHandle);

/** Gives the answer of a model that says the same whatever it is told. */
async function generated(text: string, finish?: string) {
  gemini.behave({
    handle: () => ({ kind: 'answer', text, ...(finish && { finishReason: finish }) }),
  });
  return ask(api, 'POST /api/ai/generate-workflow', { token, json: { prompt: 'Sell plans' } });
}

const mended: [name: string, answer: string, holds?: (made: Flow) => unknown, is?: unknown][] = [
  ['a fence around it', '```json\n' + json + '\n```'],
  ['words around it', `Here is your flow:\n\n${json}\n\nShall I add more?`],
  ['words and a fence', `Sure!\n\`\`\`\n${json}\n\`\`\`\nEnjoy!`],
  ['an object around it', JSON.stringify({ flow })],
  ['two objects around it', JSON.stringify({ result: { workflow: flow } })],
  ['a list around it', `[${json}]`],
  ['a comma too many', json.replace(/\]\}$/, '],}')],
  ['comments', json.replace('"nodes":', '/* the nodes */ "nodes":')],
  ['single quotes', json.replaceAll('\\"', '`').replaceAll('"', "'").replaceAll('`', '\\"')],
  ['no name', JSON.stringify({ ...flow, name: '' }), ({ name }) => name, 'Sell plans'],
  [
    'no trigger, and a wire from it',
    JSON.stringify({ ...flow, nodes: flow.nodes.slice(1) }),
    (made) => [made.nodes[0]?.type, handlesAt(made, 'start')],
    ['trigger', ['out']],
  ],
  [
    'no trigger at all',
    JSON.stringify({ ...flow, nodes: flow.nodes.slice(1), edges: flow.edges.slice(1) }),
    (made) => made.edges[0]?.target,
    'hi',
  ],
  ['a handle named answered', withHandle(2, 'answered'), (one) => handlesAt(one, 'plan'), ['out']],
  ['a handle in capitals', withHandle(3, 'Pro'), (one) => handlesAt(one, 'judge'), ['pro']],
  ['a handle named yes', withHandle(3, 'yes'), (one) => handlesAt(one, 'judge'), ['pro']],
  [
    'a handle named otherwise',
    withHandle(3, 'otherwise'),
    (one) => handlesAt(one, 'judge'),
    ['else'],
  ],
  [
    'a handle named no_answer',
    withHandle(2, 'no_answer'),
    (one) => handlesAt(one, 'plan'),
    ['timeout'],
  ],
  [
    'the same wire twice',
    JSON.stringify({ ...flow, edges: [...flow.edges, flow.edges[0]] }),
    ({ edges }) => edges.length,
    4,
  ],
  [
    'from and to',
    JSON.stringify({
      ...flow,
      edges: flow.edges.map(({ source, target, sourceHandle }) => ({
        ...{ from: source, to: target, handle: sourceHandle },
      })),
    }),
  ],
  [
    'and, or, not',
    when('vars.plan == "pro" and not (vars.tries == "3" or false)'),
    conditionOf,
    'vars.plan == "pro" && ! (vars.tries == "3" || false)',
  ],
  ['one equals sign', when('vars.plan = "pro"'), conditionOf, 'vars.plan == "pro"'],
  ['three equals signs', when('vars.plan === "pro"'), conditionOf, 'vars.plan == "pro"'],
  ['a variable without vars', when('plan == "pro"'), conditionOf, 'vars.plan == "pro"'],
  ['True of Python', when('True'), conditionOf, 'true'],
  [
    'braces around a condition',
    when('{{ vars.plan == "pro" }}'),
    conditionOf,
    'vars.plan == "pro"',
  ],
  [
    'a variable without vars in a text',
    withData('thanks', { text: 'Thanks for {{ plan }}, {{plan}}' }),
    (made) => dataOf(made, 'thanks'),
    { mode: 'text', text: 'Thanks for {{ vars.plan }}, {{vars.plan}}' },
  ],
  [
    '2 days',
    withData('plan', { variable: 'plan', timeout: '2 days' }),
    (made) => dataOf(made, 'plan'),
    expect.objectContaining({ timeout: 'P2D' }),
  ],
  [
    '48h',
    withData('plan', { variable: 'plan', timeout: '48h' }),
    (made) => dataOf(made, 'plan'),
    expect.objectContaining({ timeout: 'PT172800S' }),
  ],
  [
    'choices as texts',
    withData('plan', { variable: 'plan', expect: 'options', choices: ['pro', 'free'] }),
    (made) => dataOf(made, 'plan'),
    expect.objectContaining({
      expect: 'choice',
      choices: [
        { value: 'pro', label: 'pro' },
        { value: 'free', label: 'free' },
      ],
    }),
  ],
  [
    'a condition as a type',
    withData('judge', { cases: [{ name: 'pro', condition: 'vars.plan == "pro"' }] }, 'condition'),
    conditionOf,
    'vars.plan == "pro"',
  ],
  ['free text as what to expect', withData('plan', { variable: 'plan', expect: 'free text' })],
];

const refused: [name: string, answer: string, message: RegExp, finish?: string][] = [
  ['no JSON', 'I would rather not.', /has no JSON/],
  ['JSON of something else', '{"answer": 42}', /has no nodes/],
  ['half a flow', json.slice(0, -40), /is not whole/],
  ['a flow cut at the limit', json.slice(0, -40), /cut off after \d+ characters/, 'MAX_TOKENS'],
  [
    'too many nodes',
    JSON.stringify({
      ...flow,
      nodes: [
        ...flow.nodes,
        ...Array.from({ length: 60 }, (_, at) => ({ ...flow.nodes[1], id: `hi-${at}` })),
      ],
    }),
    /has 65 nodes, and at most 40/,
  ],
  ['a handle nobody knows', withHandle(2, 'sideways'), /sideways/],
  [
    'two triggers',
    JSON.stringify({ ...flow, nodes: [...flow.nodes, { ...flow.nodes[0], id: 'b' }] }),
    /trigger/,
  ],
];

describe('POST /api/ai/generate-workflow with an answer that has', () => {
  it.each(mended)('%s: mends it', async (_, answer, holds, is) => {
    const { status, body } = await generated(answer);
    expect([status, body.errors]).toEqual([200, undefined]);
    const made = flowSchema.parse(body);
    expect(checkFlow(made).filter(({ severity }) => severity === 'error')).toEqual([]);
    if (holds) expect(holds(made)).toEqual(is);
  });

  it.each(refused)('%s: says so', async (_, answer, message, finish) => {
    const { status, body } = await generated(answer, finish);
    expect([status, body.code]).toEqual([422, 'ai_flow_invalid']);
    expect(JSON.stringify(body.errors)).toMatch(message);
  });
});
