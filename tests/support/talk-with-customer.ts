import { randomUUID } from 'node:crypto';
import type { ConversationEvent, RunEvent } from '@crmflow/contracts';
import { afterEach, expect } from 'vitest';
import type { Installation } from './installation.js';
import { until } from './until.js';
import { deployChat, type Page, shortly, visit } from './visitor.js';

/** A gate that something waits at until the test opens it. */
export function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
}

type Told<E> = E extends { at: number } ? Omit<E, 'at'> & { at: string } : never;
type LogEvent = Told<RunEvent>;

type Draft = Parameters<typeof deployChat>[1];

/** A customer who talks to a flow, and a person of the team who may step in. */
async function converse(
  { client, system }: Pick<Installation, 'client' | 'system'>,
  pages: Page[],
  draft: Draft,
  settings: object = {},
) {
  const chat = await deployChat(client, draft, settings);
  const visitor = await visit(system.url, chat.slug);
  const id = await visitor.begin();
  const page = visitor.open(id);
  pages.push(page);
  const act = <T = Record<string, unknown>>(what: string, body: object) =>
    client.call<T>('POST', `/api/conversations/${id}/${what}`, body);
  const conversation = async () =>
    (await client.call<Record<string, unknown>>('GET', `/api/conversations/${id}`)).body;
  return {
    ...{ id, page, visitor, conversation, act },
    say: (text: string) => visitor.say(id, text),
    saw: (...last: string[]) =>
      until(`${last.join(', ')} in ${JSON.stringify(shortly(page.told))}`, () => {
        const story = shortly(page.told).slice(-last.length);
        return JSON.stringify(story) === JSON.stringify(last);
      }),
    async takeOver(expect: string | null = null) {
      const { status, body } = await act('take-over', { expect });
      if (status !== 200) throw new Error(JSON.stringify(body));
    },
    async answer(text: string, messageId: string = randomUUID()) {
      const { status, body } = await act('messages', { messageId, text });
      if (status !== 202) throw new Error(JSON.stringify(body));
      return body;
    },
    async handBack(how: string, more: object = {}) {
      const { status, body } = await act('hand-back', { how, ...more });
      if (status !== 202) throw new Error(JSON.stringify(body));
    },
    async log(): Promise<LogEvent[]> {
      const runId = (await conversation())['currentRunId'] as string;
      return (await client.events(runId)) as unknown as LogEvent[];
    },
  };
}

/** A customer's talk with a flow and a person. */
export type Talk = Awaited<ReturnType<typeof converse>>;

/** Talks whose pages are closed after each test. */
export function useTalks(installation: Installation) {
  const pages: Page[] = [];
  afterEach(() => {
    for (const page of pages.splice(0)) page.close();
  });
  return {
    converse: (draft: Draft, settings: object = {}): Promise<Talk> =>
      converse(installation, pages, draft, settings),
  };
}

/** That the flow says nothing while a person has it, to the customer and in the log. */
export async function tellsOneStory(talk: Talk): Promise<void> {
  let isHeld = false;
  for (const event of talk.page.told) {
    if (event.type === 'control') isHeld = event.by === 'operator';
    else if (event.type === 'message' && event.role !== 'visitor') {
      expect([event.text, event.role]).toEqual([event.text, isHeld ? 'operator' : 'flow']);
    }
  }
  isHeld = false;
  for (const event of await talk.log()) {
    if (event.type === 'control.changed') isHeld = event.data.by === 'operator';
    else if (isHeld) expect(['message', 'ai.completed']).toContain(event.type);
  }
  expect(talk.page.faults).toEqual([]);
}

export const controls = (page: Page) =>
  page.told.filter(
    (event): event is Extract<ConversationEvent, { type: 'control' }> => event.type === 'control',
  );
