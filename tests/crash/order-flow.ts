import type { FlowInput, FlowNodeInput, Json } from '@crmflow/contracts';

const position = { x: 0, y: 0 };
const node = (id: string, type: string, data: object) =>
  ({ id, type, label: `The ${id}`, position, data }) as FlowNodeInput;
const edge = (source: string, sourceHandle: string, target: string) => ({
  id: `${source}.${sourceHandle}`,
  source,
  sourceHandle,
  target,
});

/** Turns that each take a reply, stream an answer of the model and call an integration. */
export function orderFlow(orderUrl: string, turns: number): Omit<FlowInput, 'schemaVersion'> {
  return {
    name: 'Orders',
    variables: [{ name: 'turn', default: 0 }],
    nodes: [
      node('start', 'trigger', { kind: 'chat' }),
      node('hello', 'speak', { mode: 'text', text: 'What can I do for {{ input.name }}?' }),
      node('ask', 'listen', { variable: 'wish', expect: 'any' }),
      node('answer', 'ai', { prompt: 'Answer: {{ vars.wish }}', saveAs: 'answer', output: 'both' }),
      node('order', 'integration', {
        kind: 'http',
        method: 'POST',
        url: orderUrl,
        body: { name: '{{ input.name }}', turn: '{{ vars.turn }}', wish: '{{ vars.wish }}' },
        saveAs: 'receipt',
      }),
      node('count', 'logic', {
        kind: 'set',
        assign: [{ name: 'turn', value: '{{ vars.turn + 1 }}' }],
      }),
      node('more', 'logic', {
        kind: 'branch',
        cases: [{ handle: 'again', when: `vars.turn < ${turns}` }],
      }),
      node('bye', 'speak', { mode: 'text', text: 'Done after {{ vars.turn }} turns.' }),
    ],
    edges: [
      edge('start', 'out', 'hello'),
      edge('hello', 'out', 'ask'),
      edge('ask', 'out', 'answer'),
      edge('answer', 'out', 'order'),
      edge('order', 'out', 'count'),
      edge('count', 'out', 'more'),
      edge('more', 'again', 'ask'),
      edge('more', 'else', 'bye'),
    ],
  };
}

/** An event of the log, without what cannot be predicted. */
export type LogLine = { type: string; nodeId?: string; visit?: number; data: object };

/** How model and service answer: by the question alone, so that the log can be predicted. */
export type Answers = {
  answer(prompt: string): string;
  receipt(order: { name: string; turn: number; wish: string }): object;
};

type Script = { name: string; workflowId: string; wishes: string[]; messageIds: string[] };

function* visitOf(
  nodeId: string,
  type: string,
  visit: number,
  lines: LogLine[],
  handle = 'out',
): Generator<LogLine> {
  const at = { nodeId, visit };
  yield { type: 'node.activated', ...at, data: { label: `The ${nodeId}`, type } };
  for (const line of lines) yield { ...line, ...at };
  yield { type: 'node.completed', ...at, data: { handle } };
}

/** The only correct log of a conversation. */
export function* expectedLog(script: Script, answers: Answers): Generator<LogLine> {
  const { name, workflowId, wishes, messageIds } = script;
  const message = (id: string, role: string, text: string) => ({
    type: 'message',
    data: { id, role, text },
  });
  const set = (variable: string, value: unknown) => ({
    type: 'variable.set',
    data: { name: variable, value },
  });
  yield {
    type: 'run.started',
    data: {
      ...{ workflowId, version: 'draft', activeNode: 'start', totalNodes: 8 },
      ...{ locale: 'en', timezone: 'UTC' },
    },
  };
  yield* visitOf('start', 'trigger', 1, []);
  yield* visitOf('hello', 'speak', 1, [
    message('hello:1:1', 'system', `What can I do for ${name}?`),
  ]);
  for (const [turn, wish] of wishes.entries()) {
    const visit = turn + 1;
    const text = answers.answer(`Answer: ${wish}`);
    yield* visitOf('ask', 'listen', visit, [
      { type: 'waiting', data: { label: 'The ask', expect: 'any' } },
      message(messageIds[turn] ?? '', 'user', wish),
      set('wish', wish),
    ]);
    yield* visitOf('answer', 'ai', visit, [
      { type: 'ai.started', data: {} },
      { type: 'ai.completed', data: { text, finishReason: 'STOP' } },
      set('answer', text),
      message(`answer:${visit}:1`, 'ai', text),
    ]);
    yield* visitOf('order', 'integration', visit, [
      set('receipt', answers.receipt({ name, turn, wish })),
    ]);
    yield* visitOf('count', 'logic', visit, [set('turn', visit)]);
    yield* visitOf('more', 'logic', visit, [], visit < wishes.length ? 'again' : 'else');
  }
  const done = `Done after ${wishes.length} turns.`;
  yield* visitOf('bye', 'speak', 1, [message('bye:1:1', 'system', done)]);
  yield { type: 'run.finished', data: { status: 'completed' } };
}

/** A line of a real log, without what cannot be predicted: durations and token counts. */
export function logLineOf({ type, nodeId, visit, data }: LogLine): LogLine {
  const { durationMs: _, usage: __, output: ___, ...rest } = data as { [name: string]: Json };
  return {
    type,
    ...(nodeId !== undefined && { nodeId }),
    ...(visit !== undefined && { visit }),
    data: rest,
  };
}
