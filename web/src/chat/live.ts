import type { AiChunk, NodeRetrying, NodeSlow } from '@crmflow/contracts';
import { attemptOfChunk, orderOfChunk } from '@crmflow/contracts/chunk-attempt';
import type { LogEvent, RunProgress } from './progress.js';

/** An answer while it is written. */
export type PartialAnswer = {
  nodeId: string;
  visit: number;
  /** 0 until the first chunk. */
  attempt: number;
  /** How far of the answer it goes, in UTF-16 units. */
  end: number;
  /** What was received of it; an ellipsis stands for what was missed, until the whole is there. */
  text: string;
  /** The call is over and `text` is whole; it stays until the message replaces it. */
  done: boolean;
};

/** What only those who watch right now know. */
export type Live = { partial?: PartialAnswer; retrying?: NodeRetrying; slow?: NodeSlow };

type Place = { nodeId?: string; visit?: number };

const same = (one: Place | undefined, other: Place) =>
  one?.nodeId === other.nodeId && one?.visit === other.visit;

function append(partial: PartialAnswer, { attempt, offset, text }: AiChunk): PartialAnswer {
  const later = orderOfChunk(attempt) - orderOfChunk(partial.attempt);
  if (later < 0) return partial;
  const received = later > 0 ? { text: '', end: 0 } : partial;
  const known = Math.max(received.end - offset, 0);
  if (known >= text.length) return partial;
  const missed = offset > received.end ? (received.text === '' ? '… ' : ' … ') : '';
  const whole = received.text + missed + text.slice(known);
  return { ...partial, attempt, text: whole, end: offset + text.length };
}

/** What a chunk adds; a new attempt starts the text again; what is known already adds nothing. */
export function addChunk(live: Live, progress: RunProgress, chunk: AiChunk): Live {
  const { nodeId, visit } = chunk;
  const { partial, retrying } = live;
  const empty: PartialAnswer = { nodeId, visit, attempt: 0, end: 0, text: '', done: false };
  if (same(partial, chunk) ? partial?.done : !same(progress.active, chunk)) return live;
  const received = append(partial && same(partial, chunk) ? partial : empty, chunk);
  // A chunk of the attempt that failed may come late.
  const isLate =
    retrying && same(retrying, chunk) && attemptOfChunk(chunk.attempt) <= retrying.attempt;
  return { partial: received, ...(isLate && { retrying }) };
}

/** What a numbered event leaves of it. `progress` already includes the event. */
export function afterEvent(live: Live, progress: RunProgress, event: LogEvent): Live {
  const { nodeId = '', visit = 1 } = event;
  switch (event.type) {
    case 'ai.started':
      return { partial: { nodeId, visit, attempt: 0, end: 0, text: '', done: false } };
    case 'ai.completed':
      return same(live.partial, event) && live.partial
        ? {
            partial: {
              ...live.partial,
              end: event.data.text.length,
              text: event.data.text,
              done: true,
            },
          }
        : {};
    case 'message':
      return event.data.role === 'user' ? live : {};
    case 'node.activated':
    case 'node.completed':
    case 'node.failed':
    case 'run.finished':
      return {};
    default:
      return live;
  }
}

/** A call failed and waits for its next attempt. */
export function addRetry(live: Live, progress: RunProgress, retrying: NodeRetrying): Live {
  if (!same(progress.active, retrying)) return live;
  const { slow: _over, ...rest } = live;
  return { ...rest, retrying };
}

/** An attempt waits for its service: the one before is over, and so is its failure. */
export function addSlow(live: Live, progress: RunProgress, slow: NodeSlow): Live {
  if (!same(progress.active, slow)) return live;
  const { retrying: _before, ...rest } = live;
  return { ...rest, slow };
}
