import type { ConversationEvent } from '@crmflow/contracts';

type EventOf<T extends ConversationEvent['type']> = Extract<ConversationEvent, { type: T }>;

/** What stands in a transcript: what was said, and what happened between. */
export type Entry =
  /** `isSame`: the same one has said what is right above. */
  | { kind: 'message'; event: EventOf<'message'>; isSame: boolean }
  | { kind: 'control'; event: EventOf<'control'> }
  | { kind: 'finished'; event: EventOf<'finished'> }
  | { kind: 'waiting'; event: EventOf<'waiting'> }
  /** The day on which what follows was said. */
  | { kind: 'day'; seq: number; at: string };

const dayOf = (at: string) => new Date(at).toDateString();

/** How long after a message another of the same one belongs to it. */
const togetherMs = 5 * 60_000;

const isSameSpeaker = (one: EventOf<'message'>, other: ConversationEvent | undefined): boolean =>
  other?.type === 'message' &&
  other.role === one.role &&
  other.name === one.name &&
  Date.parse(one.at) - Date.parse(other.at) < togetherMs;

function entryOf(event: ConversationEvent, before: ConversationEvent | undefined): Entry {
  switch (event.type) {
    case 'message':
      return { kind: 'message', event, isSame: isSameSpeaker(event, before) };
    case 'control':
      return { kind: 'control', event };
    case 'finished':
      return { kind: 'finished', event };
    case 'waiting':
      return { kind: 'waiting', event };
  }
}

/**
 * A transcript of events. That the flow waits is shown only while it does: with what comes next it
 * is past.
 */
export function transcriptEntries(events: readonly ConversationEvent[]): Entry[] {
  const last = events.at(-1);
  const shown = events.filter((event) => event.type !== 'waiting' || event === last);
  return shown.flatMap((event, index) => {
    const before = shown[index - 1];
    const isNewDay = before === undefined || dayOf(before.at) !== dayOf(event.at);
    const day: Entry[] = isNewDay ? [{ kind: 'day', seq: event.seq, at: event.at }] : [];
    return [...day, entryOf(event, isNewDay ? undefined : before)];
  });
}
