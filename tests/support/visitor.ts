import { randomUUID } from 'node:crypto';
import type { ConversationEvent } from '@crmflow/contracts';
import type { EventSourceMessage } from 'eventsource-parser';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { type Answer, type Client, request } from './client.js';
import { until } from './until.js';

/** What came over a stream without a number. */
export type LivePart = { event: string; data: Record<string, unknown> };

/** A visitor's page: it never gives up, comes back where it was, and sends again. */
export type Page = {
  /** The events so far. */
  told: ConversationEvent[];
  live: LivePart[];
  /** Gaps and repeats. */
  faults: string[];
  /** Every byte that came. */
  heard: string[];
  close(): void;
};

type OnEvent = (event: ConversationEvent) => void;

/** Somebody who talks at a chat by its public API. */
export type Visitor = {
  slug: string;
  token: string;
  visitorId: string;
  verified: boolean;
  call<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<Answer<T>>;
  /** Begins a conversation. @returns its id */
  begin(body?: object): Promise<string>;
  /** Sends a message until it is accepted. */
  say(conversationId: string, text: string, messageId?: string): Promise<void>;
  /** Follows a conversation from a number on. @param onEvent told of each event when it comes */
  open(conversationId: string, afterSeq?: number, onEvent?: OnEvent): Page;
};

/** A chat of a flow that is saved and published first. */
export async function deployChat(
  client: Client,
  draft: Parameters<Client['save']>[0],
  settings: object = {},
): Promise<{ id: string; slug: string; workflowId: string }> {
  const workflowId = await client.save(draft);
  const published = await client.call('POST', `/api/workflows/${workflowId}/publish`);
  if (published.status >= 300) throw new Error(JSON.stringify(published.body));
  const { status, body } = await client.call<{ id: string; slug: string }>(
    'POST',
    `/api/workflows/${workflowId}/deployments`,
    { kind: 'chat', name: 'Shop', settings },
  );
  if (status !== 201) throw new Error(JSON.stringify(body));
  return { ...body, workflowId };
}

async function follow(
  url: string,
  token: string,
  { page, onEvent, signal }: { page: Page; onEvent: OnEvent; signal: AbortSignal },
): Promise<void> {
  const last = page.told.at(-1)?.seq;
  const response = await fetch(url, {
    signal,
    headers: {
      accept: 'text/event-stream',
      authorization: `Bearer ${token}`,
      ...(last !== undefined && { 'last-event-id': String(last) }),
    },
  });
  if (!response.ok || !response.body) throw new Error(`answered ${response.status}`);
  const parts = response.body
    .pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>)
    .pipeThrough(new EventSourceParserStream());
  for await (const {
    id,
    event = 'message',
    data,
  } of parts as unknown as AsyncIterable<EventSourceMessage>) {
    page.heard.push(data);
    const payload = JSON.parse(data) as ConversationEvent;
    if (id === undefined) {
      page.live.push({ event, data: payload });
      continue;
    }
    const due = (page.told.at(-1)?.seq ?? Number(new URL(url).searchParams.get('afterSeq'))) + 1;
    if (payload.seq !== due || Number(id) !== due) {
      page.faults.push(`${event} came as ${id}, where ${due} was due`);
    } else {
      page.told.push(payload);
      onEvent(payload);
    }
  }
}

function openPage(url: string, token: string, onEvent: OnEvent): Page {
  const closing = new AbortController();
  const page: Page = {
    ...{ told: [], live: [], faults: [], heard: [] },
    close: () => closing.abort(),
  };
  const run = async () => {
    while (!closing.signal.aborted) {
      await follow(url, token, { page, onEvent, signal: closing.signal }).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  void run();
  return page;
}

/**
 * Sends until it is taken: what is sent must be safe to send twice.
 * @returns the body of the answer, which has one
 */
export const insist = <T>(path: string, send: () => Promise<Answer<T>>): Promise<T> =>
  until(
    `an answer to ${path}`,
    async () => {
      const answer = await send().catch(() => undefined);
      if (!answer || [429, 503].includes(answer.status)) return undefined;
      if (answer.status < 300) return answer.body;
      throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    },
    { timeoutMs: 120_000, everyMs: 100 },
  );

/** Somebody new at a chat; or with `identity`, whom the site has signed. */
export async function visit(
  url: string,
  slug: string,
  { identity, token: known }: { identity?: string; token?: string } = {},
): Promise<Visitor> {
  const base = `${url}/api/public/chat/${slug}`;
  const { status, body } = await request<{ token: string; visitorId: string; verified: boolean }>(
    base,
    known,
    'POST',
    '/visitors',
    identity === undefined ? {} : { identity },
  );
  if (status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`);
  const { token } = body;
  const send = <T>(path: string, sent: object) =>
    insist(path, () => request<T>(base, token, 'POST', path, sent));
  return {
    ...body,
    slug,
    call: (method, path, sent) => request(base, token, method, path, sent),
    async begin(sent = {}) {
      const begun = await send<{ conversationId: string }>('/conversations', {
        requestId: randomUUID(),
        ...sent,
      });
      return begun.conversationId;
    },
    async say(conversationId, text, messageId = randomUUID()) {
      await send(`/conversations/${conversationId}/messages`, { messageId, text });
    },
    open: (conversationId, afterSeq = 0, onEvent = () => {}) =>
      openPage(
        `${base}/conversations/${conversationId}/events?afterSeq=${afterSeq}`,
        token,
        onEvent,
      ),
  };
}

/** A story in short: `flow: Hello`, `visitor: Hi`, `waiting any`, `finished`. */
export const shortly = (events: readonly ConversationEvent[]): string[] =>
  events.map((event) => {
    if (event.type === 'message') return `${event.role}: ${event.text}`;
    return event.type === 'waiting' ? `waiting ${event.expect}` : event.type;
  });
