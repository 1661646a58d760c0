import type {
  ConversationEvent,
  CreateConversation,
  ErrorCode,
  PublicChat,
  Problem as ProblemDocument,
  ProofChallenge,
  VisitorConversation,
} from '@crmflow/contracts';
import { createEventReader } from './event-reader.js';
import { solve } from './proof.js';
import type { Frame } from './transcript.js';

/** Why a request failed. */
export class Problem extends Error {
  /** Milliseconds to wait before asking again. */
  readonly retryMs: number;

  constructor(
    readonly code: ErrorCode | 'unreachable',
    readonly status = 0,
    retryAfter = '',
    readonly challenge?: ProofChallenge,
  ) {
    super(code);
    this.retryMs = (Number(retryAfter) || 0) * 1_000;
  }
}

/** Whatever was thrown, as a problem. */
export const asProblem = (error: unknown): Problem =>
  error instanceof Problem ? error : new Problem('unreachable');

/** Heartbeats come more often than this; a stream that is silent for longer is broken. */
const silenceMs = 40_000;

async function problemOf(response: Response): Promise<Problem> {
  const retryAfter = response.headers.get('retry-after') ?? '';
  const { code, challenge } = (await response.json().catch(() => ({}))) as Partial<ProblemDocument>;
  return new Problem(code ?? 'internal', response.status, retryAfter, challenge);
}

type Options = {
  method?: string;
  token?: string;
  body?: object;
  accept?: string;
  signal?: AbortSignal;
  proof?: string;
};

async function ask(path: string, options: Options = {}): Promise<Response> {
  const { method = options.body ? 'POST' : 'GET', token, body, accept, signal, proof } = options;
  let response;
  try {
    response = await fetch(path, {
      method,
      // Somebody who is also signed in to the studio is a stranger here.
      credentials: 'omit',
      cache: 'no-store',
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body && { 'content-type': 'application/json' }),
        ...(proof && { 'x-proof-of-work': proof }),
        accept: accept ?? 'application/json',
      },
      ...(body && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    });
  } catch (error) {
    throw asProblem(error);
  }
  if (response.ok) return response;
  const problem = await problemOf(response);
  // Once: a proof that the server refuses is not made better by another.
  if (!problem.challenge || proof) throw problem;
  const solved = await solve(problem.challenge);
  if (solved === undefined) throw problem;
  return ask(path, { ...options, proof: solved });
}

const json = async <T>(path: string, options?: Options) =>
  (await (await ask(path, options)).json()) as T;

function frameOf(event: string, data: string): Frame {
  const value = JSON.parse(data) as never;
  if (event === 'chunk') return { kind: 'chunk', chunk: value };
  if (event === 'typing' || event === 'queue') {
    return { kind: event, ...(value as object) } as Frame;
  }
  return { kind: 'event', event: value };
}

/** Reads a stream until it ends, or goes silent. @throws Problem */
async function readFrames(response: Response, onFrame: (frame: Frame) => void): Promise<void> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const feed = createEventReader((event, data) => onFrame(frameOf(event, data)));
  let timer: ReturnType<typeof setTimeout> | undefined;
  const watch = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void reader?.cancel(), silenceMs);
  };
  try {
    for (;;) {
      watch();
      const part = await reader?.read();
      if (!part || part.done) return;
      feed(part.value);
    }
  } catch (error) {
    throw asProblem(error);
  } finally {
    clearTimeout(timer);
  }
}

/** The requests of one chat. */
export type Api = ReturnType<typeof createApi>;

/** The requests of a chat: `/api/public/chat/:slug`. @throws Problem each of them */
export function createApi(slug: string) {
  const root = `/api/public/chat/${encodeURIComponent(slug)}`;
  const events = (id: string, afterSeq: number) =>
    `${root}/conversations/${encodeURIComponent(id)}/events?afterSeq=${afterSeq}`;
  const post = (token: string, id: string, what: string, body: object) =>
    ask(`${root}/conversations/${encodeURIComponent(id)}/${what}`, { token, body });

  return {
    chat: () => json<PublicChat>(root),

    /** @returns the token of a new visitor, or of the one the site vouches for */
    createVisitor: async (identity?: string, token?: string) =>
      (
        await json<{ token: string }>(`${root}/visitors`, {
          body: identity === undefined ? {} : { identity },
          ...(token && { token }),
        })
      ).token,

    /** @returns the newest conversations, from the newest on */
    list: async (token: string) =>
      (await json<{ items: VisitorConversation[] }>(`${root}/conversations`, { token })).items,

    /** @returns the id of the conversation that has begun */
    begin: async (token: string, body: CreateConversation) =>
      (await json<{ conversationId: string }>(`${root}/conversations`, { token, body }))
        .conversationId,

    say: (token: string, id: string, messageId: string, text: string) =>
      post(token, id, 'messages', { messageId, text }),

    typing: (token: string, id: string) => post(token, id, 'typing', {}),

    rate: (token: string, id: string, score: number, text: string) =>
      post(token, id, 'rating', { score, ...(text && { text }) }),

    /** @returns the events after a number, up to the newest */
    async eventsAfter(token: string, id: string, afterSeq: number): Promise<ConversationEvent[]> {
      const found: ConversationEvent[] = [];
      for (;;) {
        const last = found.at(-1)?.seq ?? afterSeq;
        const page = await json<{ items: ConversationEvent[]; nextCursor: unknown }>(
          events(id, last),
          { token },
        );
        found.push(...page.items);
        if (page.items.length === 0 || page.nextCursor === null) return found;
      }
    },

    /** Follows a conversation until the stream ends. @param onOpen when the server answers */
    async follow(
      { token, id, afterSeq }: { token: string; id: string; afterSeq: number },
      onOpen: () => void,
      onFrame: (frame: Frame) => void,
      signal: AbortSignal,
    ): Promise<void> {
      const accept = 'text/event-stream';
      const response = await ask(events(id, afterSeq), { token, accept, signal });
      onOpen();
      await readFrames(response, onFrame);
    },

    /** All that is known of the visitor, as a file. */
    export: async (token: string) => (await ask(`${root}/me`, { token })).blob(),

    erase: (token: string) => ask(`${root}/me`, { token, method: 'DELETE' }),
  };
}
