import type { ConversationEvent, TeamEvent } from '@crmflow/contracts';

/** What may stand in a transcript: what was said, and what the team noted and did. */
type Item = ConversationEvent | TeamEvent;

type ItemOf<T extends Item['type']> = Extract<Item, { type: T }>;

/** What stands in a transcript, each with a key of its own. */
export type Entry = { key: string } & (
  | /** `isSame`: the same one has said what is right above. */
    { kind: 'message'; event: ItemOf<'message'>; isSame: boolean }
  | { kind: 'control'; event: ItemOf<'control'> }
  | { kind: 'finished'; event: ItemOf<'finished'> }
  | { kind: 'waiting'; event: ItemOf<'waiting'> }
  /** What the team noted, or did. */
  | { kind: 'note' | 'act'; event: TeamEvent }
  /** The day on which what follows was said. */
  | { kind: 'day'; at: string }
);

const dayOf = (at: string) => new Date(at).toDateString();

/** How long after a message another of the same one belongs to it. */
const togetherMs = 5 * 60_000;

const isSameSpeaker = (one: ItemOf<'message'>, other: Item | undefined): boolean =>
  other?.type === 'message' &&
  other.role === one.role &&
  other.name === one.name &&
  Date.parse(one.at) - Date.parse(other.at) < togetherMs;

function entryOf(event: Item, before: Item | undefined): Entry {
  switch (event.type) {
    case 'message':
      return { kind: 'message', key: `${event.seq}`, event, isSame: isSameSpeaker(event, before) };
    case 'control':
      return { kind: 'control', key: `${event.seq}`, event };
    case 'finished':
      return { kind: 'finished', key: `${event.seq}`, event };
    case 'waiting':
      return { kind: 'waiting', key: `${event.seq}`, event };
    case 'note':
      return { kind: 'note', key: event.id, event };
    default:
      return { kind: 'act', key: event.id, event };
  }
}

/** Puts what the team did at its time between what was said, whose order stays. */
function merged(said: readonly ConversationEvent[], team: readonly TeamEvent[]): Item[] {
  const items: Item[] = [];
  let next = 0;
  for (const event of said) {
    for (let one = team[next]; one && Date.parse(one.at) < Date.parse(event.at); one = team[next]) {
      items.push(one);
      next += 1;
    }
    items.push(event);
  }
  return [...items, ...team.slice(next)];
}

/**
 * A transcript of events. That the flow waits is shown only while it does: with what is said next it
 * is past.
 */
export function transcriptEntries(
  events: readonly ConversationEvent[],
  team: readonly TeamEvent[] = [],
): Entry[] {
  const last = events.at(-1);
  const said = events.filter((event) => event.type !== 'waiting' || event === last);
  const shown = merged(said, team);
  return shown.flatMap((event, index) => {
    const before = shown[index - 1];
    const isNewDay = before === undefined || dayOf(before.at) !== dayOf(event.at);
    const entry = entryOf(event, isNewDay ? undefined : before);
    const day: Entry[] = isNewDay ? [{ kind: 'day', key: `day ${entry.key}`, at: event.at }] : [];
    return [...day, entry];
  });
}
