import type { ConversationEvent, ConversationLive } from '@crmflow/contracts';
import { placeInQueue, readStory } from '@crmflow/db';
import type { Deps } from '../deps.js';
import type { SendEvent, StreamHandler } from '../http/event-stream.js';

/** Events per read. */
const pageSize = 200;
/** A token that was revoked meanwhile reads no longer than this: pages come back by themselves. */
const longestMs = 30 * 60_000;
/** Where a word that there is more was lost. */
const lookMs = 20_000;
/** How old a place in the queue may be: nobody is told when others leave it. */
const queueMs = 5_000;

/** Whether the flow owes an answer. */
function isOwed(event: ConversationEvent | undefined): boolean {
  if (event?.type !== 'message') return false;
  const { role } = event;
  return role === 'visitor';
}

/**
 * Sends what is being written for as long as the connection takes it. A message of which a part was
 * left out gets no more of them: it comes whole, once it is there.
 */
function bestEffort(
  send: SendEvent,
  drained: () => Promise<void>,
): (chunk: ConversationLive['chunk']) => void {
  let isFull = false;
  let cut: string | null = null;
  return (chunk) => {
    if (isFull) cut = chunk.id;
    if (isFull || (chunk.id === cut && chunk.offset > 0)) return;
    cut = null;
    isFull = !send('chunk', chunk);
    if (isFull) void drained().then(() => (isFull = false));
  };
}

/**
 * Streams a conversation from a number on, and what is being written; ends with the conversation,
 * or after half an hour. A client that reads slowly holds up nobody: what waits is in the table.
 */
export function followStory(
  { pool, visitors }: Pick<Deps, 'pool' | 'visitors'>,
  conversationId: string,
  afterSeq: number,
): StreamHandler {
  return async (send, signal, drained) => {
    const ending = AbortSignal.any([signal, AbortSignal.timeout(longestMs)]);
    let wake = () => {};
    let isStale = true;
    // What the model writes under a person is not said.
    let isSilent = false;
    let place: number | null = null;
    const chunk = bestEffort(send, drained);
    const following = visitors.follow(conversationId, {
      wake() {
        isStale = true;
        wake();
      },
      chunk(part) {
        if (!isSilent) chunk(part);
      },
      typing: () => void send('typing', { by: 'operator' }),
    });
    const rest = () =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(done, place === null ? lookMs : queueMs);
        function done() {
          clearTimeout(timer);
          ending.removeEventListener('abort', done);
          resolve();
        }
        ending.addEventListener('abort', done);
        wake = done;
        if (isStale || ending.aborted) done();
      });
    try {
      let seq = afterSeq;
      while (!ending.aborted) {
        isStale = false;
        const page = await readStory(pool, conversationId, seq, pageSize);
        if (!page) return;
        ({ isSilent } = page);
        following.runIs(page.currentRunId);
        for (const event of page.events) send(event.type, event, event.seq);
        const last = page.events.at(-1);
        seq = last?.seq ?? seq;
        await drained();
        if (page.events.length === pageSize) continue;
        const now = page.isInQueue ? await placeInQueue(pool, conversationId) : null;
        if (now !== place) {
          place = now;
          send('queue', { place });
        }
        if (!isSilent && isOwed(last)) send('typing', { by: 'flow' });
        await rest();
      }
    } finally {
      following.end();
    }
  };
}
