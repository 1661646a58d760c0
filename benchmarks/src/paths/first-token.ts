import { randomUUID } from 'node:crypto';
import { ask, edge, node, row } from '../../../tests/support/flows.js';
import { converse } from '../../../tests/support/conversation.js';
import { inTurns, median } from '../measure.js';
import type { Harness } from '../harness.js';
import type { Line } from '../table.js';

const rounds = 40;
const waiting = 'system:waiting_for_input';

/** The model's first token at the client, against the first byte at a plain client of the model. */
export async function firstToken({ user, gemini }: Harness): Promise<Line[]> {
  let reached = 0;
  gemini.behave({
    ...{ chunks: 8, gap: 5 },
    handle: () => void (reached = performance.now()),
  });
  const flow = row([ask('word'), node('model', 'ai', { prompt: 'Answer {{ vars.word }}' })], {
    edges: [edge('model', 'out', 'word')],
  });
  const workflowId = await user.save(flow);
  const talk = await converse(user, { workflowId, version: 'draft' });
  const ownSinceReached: number[] = [];
  const plainSinceReached: number[] = [];
  const waits = () => talk.told.filter(({ event }) => event === waiting).length;

  const own = async (): Promise<number> => {
    await talk.see(waiting);
    const turns = waits();
    const chunk = new Promise<number>((resolve) =>
      talk.socket.once('ai:chunk', () => resolve(performance.now())),
    );
    const from = performance.now();
    const message = { runId: talk.runId, message: 'tea', messageId: randomUUID() };
    await talk.socket.emitWithAck('user:message', message);
    const at = await chunk;
    ownSinceReached.push(at - reached);
    await talk.see(waiting, () => waits() > turns);
    return at - from;
  };

  const plain = async (): Promise<number> => {
    const body = gemini.requests.at(-1)?.body ?? {};
    const from = performance.now();
    const response = await fetch(
      `${gemini.url}/v1beta/models/gemini-flash-latest:streamGenerateContent?alt=sse`,
      { method: 'POST', body: JSON.stringify(body) },
    );
    const reader = response.body?.getReader();
    await reader?.read();
    const at = performance.now();
    plainSinceReached.push(at - reached);
    await reader?.cancel();
    return at - from;
  };

  const pair = await inTurns(rounds, { path: own, floor: plain }, 3);
  await talk.socket.emitWithAck('session:end', { runId: talk.runId });
  return [
    {
      what: 'first token: the model was reached → the client has it',
      ...{ path: median(ownSinceReached), floor: median(plainSinceReached), unit: 'ms' },
      ...{ asDifference: true, aim: '≤ +30 ms' },
    },
    {
      what: 'first token: the reply was sent → the client has it',
      ...{ path: median(pair.path), floor: median(pair.floor), unit: 'ms', asDifference: true },
    },
  ];
}
