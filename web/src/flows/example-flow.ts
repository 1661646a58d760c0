import type { FlowInput, FlowNodeInput } from '@crmflow/contracts';

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

const nodes: FlowNodeInput[] = [
  node('start', 'trigger', 'Chat opened', [0, 2], { kind: 'chat' }),
  node('greet', 'speak', 'Greeting', [1, 2], {
    mode: 'text',
    text: 'Hello! I am an example of everything that a flow can do. What would you like?',
  }),
  node('ask', 'listen', 'What would you like?', [2, 2], {
    variable: 'wish',
    expect: 'choice',
    choices: [
      { value: 'poem', label: 'A short poem' },
      { value: 'number', label: 'A ticket number' },
      { value: 'nothing', label: 'Nothing, thanks' },
    ],
    retries: 2,
    retryText: 'Please choose one of the answers.',
    timeout: 'P1D',
  }),
  node('decide', 'logic', 'Which wish?', [3, 2], {
    kind: 'branch',
    cases: [
      { handle: 'poem', when: 'vars.wish == "poem"' },
      { handle: 'number', when: 'vars.wish == "number"' },
    ],
  }),
  node('poem', 'ai', 'Write a poem', [4, 1], {
    prompt: 'Write a poem of four short lines about a river that carries messages.',
    saveAs: 'poem',
    output: 'both',
  }),
  node('noModel', 'speak', 'No answer from the model', [5, 0], {
    mode: 'text',
    text: 'The model did not answer. Is GEMINI_API_KEY set? The flow goes on all the same.',
  }),
  node('fetch', 'integration', 'Get a ticket number', [4, 2], {
    kind: 'http',
    method: 'GET',
    url: 'https://httpbin.org/uuid',
    timeout: 'PT10S',
    saveAs: 'ticket',
  }),
  node('ticket', 'speak', 'Tell the number', [5, 2], {
    mode: 'text',
    text: 'Your ticket has the number {{ vars.ticket.uuid }}.',
  }),
  node('noService', 'speak', 'No answer from the service', [5, 3], {
    mode: 'text',
    text: 'The service cannot be reached from here. The flow goes on by the error handle.',
  }),
  node('rate', 'listen', 'How was it?', [6, 2], {
    variable: 'stars',
    expect: 'number',
    retries: 2,
    retryText: 'A number, please: 1 to 5.',
    timeout: 'P1D',
  }),
  node('askStars', 'speak', 'Ask for stars', [6, 1], {
    mode: 'text',
    text: 'How many stars does this example get, 1 to 5?',
  }),
  node('bye', 'speak', 'Goodbye', [7, 2], {
    mode: 'text',
    text: 'Thank you, and goodbye!',
  }),
];

/** A flow that shows all six kinds of node, and that comes to a good end whatever fails. */
export const exampleFlow: FlowInput = {
  schemaVersion: 1,
  name: 'Example: a small concierge',
  description: 'Greets, listens, decides, asks the model or a service, and says goodbye.',
  nodes,
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
};
