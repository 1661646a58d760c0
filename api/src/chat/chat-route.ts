import type { Request, Response } from 'express';
import type { Pool } from 'pg';
import type { Deps } from '../deps.js';
import { AppError } from '../errors/app-error.js';
import { createReadBody } from '../http/read-body.js';
import {
  type Address,
  type Entrance,
  type Parsed,
  parseRequest,
  type Route,
  type RouteAnswer,
  type Schemas,
} from '../http/route.js';
import { addressKey } from '../rate-limits/address-key.js';
import { type Chat, findChat, noSuchChat, requireSite } from './chats.js';
import type { ChatLimiter } from './limits.js';
import { findVisitor, type Visitor, visitorToken } from './visitors.js';

/** Room for a message of 16 kB, however it is escaped. */
const readBody = createReadBody({ bytes: 100_000, ms: 10_000 });

/** Where a request comes from, as limits count it. */
type Sender = {
  /** The network address, see `addressKey`. */
  address: string;
};

type Handle<P, Q, B, Extra> = (input: Parsed<P, Q, B> & Sender & Extra) => Promise<RouteAnswer>;

type Spec<P extends { slug: string }, Q, B, Extra> = Address &
  Schemas<P, Q, B> & { handle: Handle<P, Q, B, Extra> };

type ChatDeps = Pick<Deps, 'pool'>;

/** What routes of visitors are built from. */
export type VisitorDeps = ChatDeps & { limiter: ChatLimiter };

/** Lets the page of a listed site read the answer. */
function allow(response: Response, origin: string | null): void {
  response.vary('Origin');
  if (origin === null) return;
  response.set('Access-Control-Allow-Origin', origin);
  response.set('Access-Control-Expose-Headers', 'X-Request-Id, Retry-After');
}

/** @param enter finds the chat, and what only those who may come in have: null for all others */
function make<P extends { slug: string }, Q, B, Extra>(
  access: Route['access'],
  { method, path, docs, handle, ...schemas }: Spec<P, Q, B, Extra>,
  enter: (request: Request) => Promise<{ chat: Chat; extra: Extra | null }>,
): Route {
  return {
    ...{ method, path, access, schemas },
    docs: { ...docs, problems: [...(docs.problems ?? []), 'origin_not_allowed'] },
    async respond(request: Request, response: Response, { origins }: Entrance) {
      const { chat, extra } = await enter(request);
      allow(response, requireSite(chat, request.headers, origins));
      if (extra === null) {
        const detail = 'The visitor token is missing or no longer valid. Ask for a new one.';
        throw new AppError('unauthenticated', detail);
      }
      const address = addressKey(request.ip ?? '');
      const read = { ...schemas, read: readBody };
      return handle({
        ...(await parseRequest(read, request, response, async () => ({}))),
        ...{ address, ...extra },
      });
    },
  };
}

const slugOf = ({ params }: Request) => (params as { slug: string }).slug;

async function chatAt(pool: Pool, request: Request): Promise<Chat> {
  const chat = await findChat(pool, slugOf(request));
  if (chat && !chat.isDeleted) return chat;
  throw noSuchChat();
}

/** A route of a chat for anyone: pages of other sites must be listed. */
export function chatRoute<P extends { slug: string }, Q = undefined, B = undefined>(
  { pool }: ChatDeps,
  spec: Spec<P, Q, B, { chat: Chat }>,
): Route {
  const enter = async (request: Request) => {
    const chat = await chatAt(pool, request);
    return { chat, extra: { chat } };
  };
  return make('anyone', spec, enter);
}

type VisitorSpec<P extends { slug: string }, Q, B> = Spec<P, Q, B, { visitor: Visitor }> & {
  /** Counts a request by limits of its own, rather than by the one of all requests of a visitor. */
  count?: (visitor: Visitor) => Promise<void>;
};

/**
 * A route of a chat for its visitors, by their token: 401 `unauthenticated` without one, and 429
 * `over_limit` for too many requests. The handler looks for what belongs to the visitor and for
 * nothing else.
 */
export function visitorRoute<P extends { slug: string }, Q = undefined, B = undefined>(
  { pool, limiter }: VisitorDeps,
  { count = ({ id }) => limiter.ask(id), ...spec }: VisitorSpec<P, Q, B>,
): Route {
  const enter = async (request: Request) => {
    const token = visitorToken(request.headers.authorization);
    const visitor = token === null ? null : await findVisitor(pool, slugOf(request), token);
    if (visitor) return { chat: visitor.chat, extra: { visitor } };
    // An unknown address is told as such to whoever has a token of another. Pages of listed sites can
    // read that their token has ended, or they would not know to ask for another.
    return { chat: await chatAt(pool, request), extra: null };
  };
  const { docs } = spec;
  const counted: typeof spec = {
    ...spec,
    docs: { ...docs, problems: [...(docs.problems ?? []), 'over_limit'] },
    async handle(input) {
      await count(input.visitor);
      return spec.handle(input);
    },
  };
  return make('visitor', counted, enter);
}
