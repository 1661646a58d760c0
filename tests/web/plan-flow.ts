import type { FlowInput, FlowNodeInput } from '@crmflow/contracts';

const node = (id: string, type: FlowNodeInput['type'], label: string, data: object) => ({
  id,
  type,
  label,
  data,
});
/** Three in a row, so that none lies on another and all can be seen. */
const placed = <T>(nodes: T[]) =>
  nodes.map((one, at) => ({
    ...one,
    position: { x: (at % 3) * 280, y: Math.floor(at / 3) * 240 },
  }));
const edge = (source: string, sourceHandle: string, target: string) => ({
  id: `${source}.${sourceHandle}`,
  source,
  sourceHandle,
  target,
});

/** A flow of all six kinds that asks for a plan, explains it, orders it and asks for a number of seats. */
export const planFlow = (serviceUrl: string): FlowInput => ({
  schemaVersion: 1,
  name: 'Plans',
  description: 'Sells a plan',
  nodes: placed([
    node('start', 'trigger', 'Start', { kind: 'chat' }),
    node('hello', 'speak', 'Hello', { mode: 'text', text: 'Which plan?' }),
    node('ask', 'listen', 'Plan', {
      variable: 'plan',
      expect: 'choice',
      choices: [
        { value: 'pro', label: 'Professional' },
        { value: 'free', label: 'Free' },
      ],
    }),
    node('which', 'logic', 'Which', {
      kind: 'branch',
      cases: [{ handle: 'pro', when: 'vars.plan == "pro"' }],
    }),
    node('explain', 'ai', 'Explain', { prompt: 'Explain the {{ vars.plan }} plan at length' }),
    node('order', 'integration', 'Order', {
      kind: 'http',
      method: 'POST',
      url: `${serviceUrl}/orders`,
      body: { plan: '{{ vars.plan }}' },
    }),
    node('howMany', 'speak', 'How many', { mode: 'text', text: 'How many seats?' }),
    node('seats', 'listen', 'Seats', { variable: 'seats', expect: 'number', retries: 3 }),
    node('bye', 'speak', 'Bye', { mode: 'text', text: '{{ vars.seats }} seats it is.' }),
  ]),
  edges: [
    edge('start', 'out', 'hello'),
    edge('hello', 'out', 'ask'),
    edge('ask', 'out', 'which'),
    edge('which', 'pro', 'explain'),
    edge('which', 'else', 'bye'),
    edge('explain', 'out', 'order'),
    edge('order', 'out', 'howMany'),
    edge('howMany', 'out', 'seats'),
    edge('seats', 'out', 'bye'),
  ],
});
