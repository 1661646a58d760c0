import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from './client.js';
import { ask, edge, flowOf, say } from './flows.js';

/** A reply sent, until the flow waits for the next one; without `ms` it still has not. */
type Turn = { began: number; ms?: number };

/** Conversations that go on until they are stopped. */
export type Talk = {
  /**
   * How long the replies took that were sent between two times of `Date.now()`, in milliseconds.
   * Waits for those that are under way.
   */
  times(from: number, to: number): Promise<number[]>;
  stop(): void;
};

const sendAgainMs = 5_000;
/** What is still not answered after so long counts as that. */
const giveUpMs = 60_000;

/** How many conversations, and how long customers think before they reply. */
export type TalkSize = { count: number; pauseMs: number };

async function converse(
  client: Client,
  { workflowId, pauseMs }: { workflowId: string; pauseMs: number },
  turns: Turn[],
  ended: AbortSignal,
) {
  const socket = client.socket();
  let waits = 0;
  const waiting = async (count: number) => {
    while (waits < count && !ended.aborted) await sleep(2);
  };
  socket.on('system:waiting_for_input', () => (waits += 1));
  const start = { workflowId, version: 'draft' as const, requestId: randomUUID() };
  const begun = await socket.timeout(giveUpMs).emitWithAck('session:start', start);
  if (!begun.ok) throw new Error(`A conversation did not start: ${begun.error.code}`);
  const { runId } = begun;
  await waiting(1);
  for (let count = 1; !ended.aborted; count += 1) {
    await sleep(pauseMs * (0.5 + Math.random()));
    const turn: Turn = { began: Date.now() };
    const began = performance.now();
    turns.push(turn);
    const message = { runId, message: 'And then?', messageId: randomUUID() };
    // An attack may cost an acknowledgement: the customer sends again, under the same id.
    while (!ended.aborted) {
      const sent = await socket
        .timeout(sendAgainMs)
        .emitWithAck('user:message', message)
        .catch(() => undefined);
      if (sent?.ok || waits > count) break;
      await sleep(100);
    }
    await waiting(count + 1);
    if (!ended.aborted) turn.ms = performance.now() - began;
  }
}

/** Starts conversations of one account: a listen node and three speak nodes, again and again. */
export async function startTalk(client: Client, { count, pauseMs }: TalkSize): Promise<Talk> {
  const nodes = [ask('reply'), say('a', 'One'), say('b', 'Two'), say('c', 'Three')];
  const order = ['start', 'reply', 'a', 'b', 'c', 'reply'];
  const edges = order.slice(1).map((target, i) => edge(order[i] ?? '', 'out', target));
  const workflowId = await client.save(flowOf(nodes, edges, { name: 'Talk' }));
  const ended = new AbortController();
  const turns: Turn[] = [];
  for (let i = 0; i < count; i += 1) {
    converse(client, { workflowId, pauseMs }, turns, ended.signal).catch((error: unknown) => {
      if (!ended.signal.aborted) throw error;
    });
  }
  return {
    async times(from, to) {
      const asked = () => turns.filter(({ began }) => began >= from && began < to);
      const limit = Date.now() + giveUpMs;
      while (asked().some(({ ms }) => ms === undefined) && Date.now() < limit) {
        await sleep(50);
      }
      return asked().map(({ ms, began }) => ms ?? Date.now() - began);
    },
    stop() {
      ended.abort();
      client.close();
    },
  };
}
