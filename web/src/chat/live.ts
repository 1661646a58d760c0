import type { AiChunk, NodeRetrying } from '@crmflow/contracts';
import type { LogEvent } from './log-event.js';
import type { Story } from './story.js';

/** An answer while it is written. */
export type Draft = {
  nodeId: string;
  visit: number;
  /** 0 until the first chunk. */
  attempt: number;
  /** How far of the answer it goes, in UTF-16 units. */
  end: number;
  /** What was heard of it; an ellipsis stands for what was missed, until the whole is told. */
  text: string;
  /** The call is over and `text` is whole; it stays until the message replaces it. */
  done: boolean;
};

/** What only those who watch right now know. */
export type Live = { draft?: Draft; retrying?: NodeRetrying };

type Place = { nodeId?: string; visit?: number };

const same = (one: Place | undefined, other: Place) =>
  one?.nodeId === other.nodeId && one?.visit === other.visit;

function append(draft: Draft, { attempt, offset, text }: AiChunk): Draft {
  if (attempt < draft.attempt) return draft;
  const heard = attempt > draft.attempt ? { text: '', end: 0 } : draft;
  const known = Math.max(heard.end - offset, 0);
  if (known >= text.length) return draft;
  const missed = offset > heard.end ? (heard.text === '' ? '… ' : ' … ') : '';
  const whole = heard.text + missed + text.slice(known);
  return { ...draft, attempt, text: whole, end: offset + text.length };
}

/** What a chunk adds; a new attempt starts the text anew, what is known already adds nothing. */
export function hear(live: Live, story: Story, chunk: AiChunk): Live {
  const { nodeId, visit } = chunk;
  const { draft, retrying } = live;
  const empty: Draft = { nodeId, visit, attempt: 0, end: 0, text: '', done: false };
  if (same(draft, chunk) ? draft?.done : !same(story.active, chunk)) return live;
  const heard = append(draft && same(draft, chunk) ? draft : empty, chunk);
  const tried = retrying && same(retrying, chunk) && chunk.attempt <= retrying.attempt;
  return { draft: heard, ...(tried && { retrying }) };
}

/** What a numbered event leaves of it. `story` already includes the event. */
export function settle(live: Live, story: Story, event: LogEvent): Live {
  const { nodeId = '', visit = 1 } = event;
  switch (event.type) {
    case 'ai.started':
      return { draft: { nodeId, visit, attempt: 0, end: 0, text: '', done: false } };
    case 'ai.completed':
      return same(live.draft, event) && live.draft
        ? {
            draft: {
              ...live.draft,
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
export function retry(live: Live, story: Story, retrying: NodeRetrying): Live {
  return same(story.active, retrying) ? { ...live, retrying } : live;
}
