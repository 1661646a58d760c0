import { createHash } from 'node:crypto';
import {
  type ConversationEventData,
  type ConversationEventType,
  emailAddress,
  lineOfText,
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
        sources.set(visitOf(row), sourcesOf(data));
        return [];
      case 'message': {
        const { role, text } = data;
        const isVisitor = role === 'user';
        const id = isVisitor ? data.id : publicMessageId(runId, data.id);
        const from = role === 'ai' ? sources.get(visitOf(row)) : undefined;
        const told = { id, role: isVisitor ? ('visitor' as const) : ('flow' as const), text };
        const key = `${told.role} ${id} ${textHash(text)}`;
        return [{ type, at, data: { ...told, ...(from && { sources: from }) }, key }];
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
