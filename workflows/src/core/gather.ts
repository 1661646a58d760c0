import { limits, utf8Bytes } from '@crmflow/contracts';
import { isOffered } from './nodes/listen/choose.js';
import { behaviourOf } from './nodes/index.js';
import type { Program } from './program.js';
import type { Callback, Message, Queued, Reply, ReplySuspension } from './state.js';

type Gathered = Exclude<Queued, Callback>;

/** What comes next at a node that waits for a reply, and from when on (epoch milliseconds). */
export type Next = { input: Reply | Exclude<Queued, Message | Callback>; from: number };

/** Also while the clock of this machine is behind the one that stamped it. */
const atOnce = 0;

/** Whether a message is one of the choices on offer: nothing more is to come. */
function isChosen({ nodes }: Program, { nodeId }: ReplySuspension, { text }: Message): boolean {
  const node = nodes.get(nodeId);
  const { choices = [] } = (node && behaviourOf(node).expects?.(node.data)) ?? {};
  return choices.some((choice) => isOffered(choice, text));
}

/** What a person has let be the answer: all of it, whenever it was said. */
function answerOf(inbox: readonly Gathered[]): Next {
  const end = inbox.findIndex((one) => one.kind !== 'message' || !one.isTold);
  const messages = inbox.slice(0, end === -1 ? undefined : end) as Message[];
  const at = Math.max(...messages.map((one) => one.at));
  return { input: { kind: 'reply', messages, at }, from: atOnce };
}

/**
 * The reply that an inbox begins with, or what comes before it is complete. In a run without bursts
 * that is its first message.
 *
 * In a run with bursts the reply is complete once it was quiet for long enough after its last
 * message, and at the latest some time after its first one. A choice on offer completes it, and so
 * does what would make it longer than one message may be. A cancellation, a command or a migration
 * does not wait for it. All that is read is stamps, in the order of the inbox, so that any
 * batching of the same inputs leads to the same reply.
 * @param inbox begins with a message
 */
export function gather(
  program: Program,
  position: ReplySuspension,
  inbox: readonly [Message, ...Gathered[]],
): Next {
  const { burst } = program;
  const [first] = inbox;
  if (first.isTold) return answerOf(inbox);
  const messages: Message[] = [];
  const replyAt = (at: number, from: number): Next => ({
    input: { kind: 'reply', messages, at },
    from,
  });
  let due = Infinity;
  let newest = first.at;
  let bytes = 0;
  for (const one of inbox) {
    // Its stamp says that the time is over.
    if (one.at > due) return replyAt(due, atOnce);
    if (one.kind !== 'message') {
      return one.at < due ? { input: one, from: atOnce } : replyAt(due, atOnce);
    }
    bytes += utf8Bytes(one.text);
    newest = Math.max(newest, one.at);
    if (messages.length > 0 && bytes > limits.messageBytes) return replyAt(newest, atOnce);
    messages.push(one);
    if (!burst || isChosen(program, position, one)) return replyAt(newest, atOnce);
    if (one.at < due) due = Math.min(newest + burst.quietMs, first.at + burst.maxMs);
  }
  return replyAt(due, due);
}
