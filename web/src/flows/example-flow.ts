import type { FlowInput, FlowNodeInput } from '@crmflow/contracts';
import type { FlowsTexts } from './flows-texts.js';

type Words = FlowsTexts['example'];

type Data<T extends FlowNodeInput['type']> = Extract<FlowNodeInput, { type: T }>['data'];

const step = { x: 312, y: 184 };

function node<T extends FlowNodeInput['type']>(
  id: string,
  type: T,
  label: string,
  [column, row]: [number, number],
  data: Data<T>,
): FlowNodeInput {
  return {
    id,
    type,
    label,
    position: { x: column * step.x, y: row * step.y },
    data,
  } as FlowNodeInput;
}

const edge = (source: string, sourceHandle: string, target: string) => ({
  id: `${source}-${sourceHandle}`,
  source,
  sourceHandle,
  target,
});

const nodesOf = (words: Words): FlowNodeInput[] => [
  node('start', 'trigger', words.start, [0, 2], { kind: 'chat' }),
  node('greet', 'speak', words.greet.label, [1, 2], {
    mode: 'text',
    text: words.greet.text,
  }),
  node('ask', 'listen', words.ask.label, [2, 2], {
    variable: 'wish',
    expect: 'choice',
    choices: [
      { value: 'poem', label: words.ask.poem },
      { value: 'number', label: words.ask.number },
      { value: 'nothing', label: words.ask.nothing },
    ],
    retries: 2,
    retryText: words.ask.again,
    timeout: 'P1D',
  }),
  node('decide', 'logic', words.decide, [3, 2], {
    kind: 'branch',
    cases: [
      { handle: 'poem', when: 'vars.wish == "poem"' },
      { handle: 'number', when: 'vars.wish == "number"' },
    ],
  }),
  node('poem', 'ai', words.poem.label, [4, 1], {
    prompt: words.poem.prompt,
    saveAs: 'poem',
    output: 'both',
  }),
  node('noModel', 'speak', words.noModel.label, [5, 0], {
    mode: 'text',
    text: words.noModel.text,
  }),
  node('fetch', 'integration', words.fetch, [4, 2], {
    kind: 'http',
    method: 'GET',
    url: 'https://httpbin.org/uuid',
    timeout: 'PT10S',
    saveAs: 'ticket',
  }),
  node('ticket', 'speak', words.ticket.label, [5, 2], {
    mode: 'text',
    text: words.ticket.text,
  }),
  node('noService', 'speak', words.noService.label, [5, 3], {
    mode: 'text',
    text: words.noService.text,
  }),
  node('rate', 'listen', words.rate.label, [6, 2], {
    variable: 'stars',
    expect: 'number',
    retries: 2,
    retryText: words.rate.again,
    timeout: 'P1D',
  }),
  node('askStars', 'speak', words.askStars.label, [6, 1], {
    mode: 'text',
    text: words.askStars.text,
  }),
  node('bye', 'speak', words.bye.label, [7, 2], {
    mode: 'text',
    text: words.bye.text,
  }),
];

/** A flow that shows all six kinds of node, and that comes to a good end whatever fails. */
export const exampleFlow = (words: Words): FlowInput => ({
  schemaVersion: 1,
  name: words.name,
  description: words.description,
  nodes: nodesOf(words),
  edges: [
    edge('start', 'out', 'greet'),
    edge('greet', 'out', 'ask'),
    edge('ask', 'out', 'decide'),
    edge('ask', 'invalid', 'bye'),
    edge('ask', 'timeout', 'bye'),
    edge('decide', 'poem', 'poem'),
    edge('decide', 'number', 'fetch'),
    edge('decide', 'else', 'bye'),
    edge('poem', 'out', 'askStars'),
    edge('poem', 'error', 'noModel'),
    edge('noModel', 'out', 'askStars'),
    edge('fetch', 'out', 'ticket'),
    edge('fetch', 'error', 'noService'),
    edge('ticket', 'out', 'askStars'),
    edge('noService', 'out', 'askStars'),
    edge('askStars', 'out', 'rate'),
    edge('rate', 'out', 'bye'),
    edge('rate', 'invalid', 'bye'),
    edge('rate', 'timeout', 'bye'),
  ],
});
