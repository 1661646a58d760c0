import { createHash } from 'node:crypto';
import {
  type ConversationEventData,
  type ConversationEventType,
  emailAddress,
  lineOfText,
  type MessageRole,
  type RunEventData,
  type RunEventType,
} from '@crmflow/contracts';

/** A row of a run's log, as far as visitors are told of it. `at` is ISO 8601. */
export type LogRow = {
  [T in RunEventType]: {
    seq: number;
    at: string;
    type: T;
    nodeId: string | null;
    visit: number | null;
    data: RunEventData[T];
  };
}[RunEventType];

/** An event of a conversation that has no number yet. */
export type StoryEvent = {
  [T in ConversationEventType]: { type: T; at: string; data: ConversationEventData[T] };
}[ConversationEventType] & {
  /** By which it is told once; null where the same may come again. */
  key: string | null;
};

/** The types of rows that a story is made of, and what becomes known of its visitor. */
export const toldTypes = [
  'message',
  'waiting',
  'run.finished',
  'ai.completed',
  'variable.set',
  'control.changed',
  'handoff.requested',
] as const;

/**
 * The id by which visitors know a message of the flow. That of the log names its node, which is
 * nobody's business outside.
 */
export function publicMessageId(runId: string, messageId: string): string {
  const hash = createHash('sha256').update(`${runId}\n${messageId}`);
  return hash.digest('base64url').slice(0, 20);
}

const textHash = (text: string) => createHash('sha256').update(text).digest('base64url');

const speakerOf = {
  user: 'visitor',
  ai: 'flow',
  system: 'flow',
  operator: 'operator',
} as const satisfies Record<MessageRole, ConversationEventData['message']['role']>;

const visitOf = ({ nodeId, visit }: LogRow) => `${nodeId}\n${visit}`;

type Sources = ConversationEventData['message']['sources'];

function sourcesOf({ sources = [] }: RunEventData['ai.completed']): Sources {
  const known = new Map(
    sources.map(({ name, url }) => [`${name}\n${url ?? ''}`, { name, ...(url && { url }) }]),
  );
  return known.size > 0 ? [...known.values()] : undefined;
}

/**
 * What visitors see of rows of a run's log: field by field, so that nothing else ever leaves.
 *
 * A message is told once by its id and text. So a log that was rewritten tells again only what it
 * tells otherwise, and numbers that visitors have seen stay what they were.
 */
export function storyOf(runId: string, rows: readonly LogRow[]): StoryEvent[] {
  const sources = new Map<string, Sources>();
  return rows.flatMap((row): StoryEvent[] => {
    const { at, type, data } = row;
    switch (type) {
      case 'ai.completed':
        // Of what was not said.
        if (data.suggestion) return [];
        sources.set(visitOf(row), sourcesOf(data));
        return [];
      case 'message': {
        const { role, text } = data;
        const speaker = speakerOf[role];
        // Whoever writes from outside gives the id, and nothing in it is anybody's business.
        const id = speaker === 'flow' ? publicMessageId(runId, data.id) : data.id;
        const from = role === 'ai' ? sources.get(visitOf(row)) : undefined;
        const named = speaker === 'operator' && data.name !== undefined && { name: data.name };
        const told = { id, role: speaker, ...named, text };
        const key = `${speaker} ${id} ${textHash(text)}`;
        return [{ type, at, data: { ...told, ...(from && { sources: from }) }, key }];
      }
      case 'control.changed': {
        const { id, by, name, how } = data;
        // Nobody came: for the visitor the flow has spoken all the time.
        if (how === 'timeout') return [];
        const named = by === 'operator' && name !== undefined && { name };
        return [{ type: 'control', at, data: { by, ...named }, key: `control ${runId} ${id}` }];
      }
      case 'waiting': {
        const { expect, choices, deadline } = data;
        const offered = choices?.map(({ value, label }) => ({ value, label }));
        return [
          {
            ...{ type, at, key: null },
            data: { expect, ...(offered && { choices: offered }), ...(deadline && { deadline }) },
          },
        ];
      }
      case 'run.finished':
        return [{ type: 'finished', at, data: {}, key: null }];
      default:
        return [];
    }
  });
}

/** What a conversation tells of its contact; null where it says nothing of that. */
export type ContactFacts = Record<'name' | 'email' | 'phone', string | null>;

const mostCharacters = { name: 200, email: 254, phone: 50 } as const;

function factOf(name: keyof ContactFacts, value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const line = lineOfText(value).slice(0, mostCharacters[name]);
  if (name === 'email') return emailAddress(line) ?? null;
  return line === '' ? null : line;
}

/**
 * What variables say of the contact, by convention: `name`, `email` and `phone`.
 * @returns null where the rows set none of them
 */
export function contactFacts(rows: readonly LogRow[]): ContactFacts | null {
  const facts: ContactFacts = { name: null, email: null, phone: null };
  for (const { type, data } of rows) {
    if (type !== 'variable.set' || !Object.hasOwn(facts, data.name)) continue;
    const name = data.name as keyof ContactFacts;
    facts[name] = factOf(name, data.value) ?? facts[name];
  }
  return Object.values(facts).some((fact) => fact !== null) ? facts : null;
}

/** Who leads a conversation, as its run says. */
export type Lead = {
  control: 'flow' | 'human';
  /** Since when the visitor waits for a person, ISO 8601; null where they do not. */
  waitingSince: string | null;
  /** Whether the run has ended: then nobody has what is over. */
  isOver: boolean;
};

/**
 * Who leads a conversation after rows of its run's log.
 * @returns null where the rows say nothing of that
 */
export function leadAfter(rows: readonly LogRow[]): Lead | null {
  const last = rows.findLast(
    ({ type }) =>
      type === 'control.changed' || type === 'handoff.requested' || type === 'run.finished',
  );
  if (!last) return null;
  const isHuman = last.type === 'control.changed' && last.data.by === 'operator';
  return {
    control: isHuman ? 'human' : 'flow',
    waitingSince: last.type === 'handoff.requested' ? last.at : null,
    isOver: last.type === 'run.finished',
  };
}
