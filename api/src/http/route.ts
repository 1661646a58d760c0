import { type ErrorCode, fieldErrors, type Right } from '@crmflow/contracts';
import type { Request, Response } from 'express';
import { z } from 'zod';
import {
  type Access,
  type Authorize,
  homeOf,
  type Resource,
  type ResourceKind,
} from '../access/authorize.js';
import type { Authenticate, Principal, UserPrincipal } from '../access/principal.js';
import { requireOwnOrigin } from './origin.js';
import { AppError } from '../errors/app-error.js';
import { addressKey } from '../rate-limits/address-key.js';
import type { RateLimit } from '../rate-limits/create-rate-limit.js';
import type { Gate } from './gate.js';
import type { RouteDocs } from './route-docs.js';
import type { StreamHandler } from './event-stream.js';
import { createReadBody, type ReadBody } from './read-body.js';
import { storableFaults } from './storable-body.js';

/** The methods that routes may have. */
export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** What a handler answers: a body, which becomes JSON, or a text of the type that its headers say. */
export type RouteAnswer = {
  status: number;
  body?: unknown;
  text?: string;
  headers?: Record<string, string | string[]>;
  /** Streams events in place of all of the above. */
  stream?: StreamHandler;
};

/** How a route finds out who may come in. */
export type Entrance = {
  authenticate: Authenticate;
  authorize: Authorize;
  /** Origins besides the one that the request was sent to. */
  origins: readonly string[];
};

/** A right, and the kind of resource that `:id` or `:runId` of the address names. */
export type Needs = { right: Right; of?: ResourceKind };

/** A route as `mountRoutes` takes it and the OpenAPI document tells it. */
export type Route = {
  method: Method;
  /** As Express writes it, from the root: `/api/workflows/:id`. */
  path: string;
  /** Who may ask: of those who are signed in, for an `account` no API token. */
  access: 'anyone' | 'signed-in' | 'account';
  /** What they must be allowed to do, and to what: the workspace of the query unless `of` says so. */
  needs?: Needs;
  /** What requests must look like. */
  schemas: { params?: z.ZodType; query?: z.ZodType; body?: z.ZodType };
  docs: RouteDocs;
  respond: (request: Request, response: Response, entrance: Entrance) => Promise<RouteAnswer>;
};

type Schemas<P, Q, B> = {
  params?: z.ZodType<P>;
  query?: z.ZodType<Q>;
  body?: z.ZodType<B>;
};

type Parsed<P, Q, B> = { params: P; query: Q; body: B; request: Request; requestId: string };

type Address = Pick<Route, 'method' | 'path' | 'docs'>;

/** A route whose body is no JSON: how it is read, before its schema looks at it. */
type Reading = { read?: ReadBody };

/**
 * A route that costs: how often it may be asked, whatever comes of it. Counted by user, or by
 * network address where nobody has to be signed in.
 */
type Limited = { limit?: RateLimit };

/** How much of it each user may have at once. */
type Gated = { gate?: Gate };

const readBody = createReadBody({ bytes: 1_500_000, ms: 60_000 });
/** Strangers have nothing to say that is longer. */
const readSmallBody = createReadBody({ bytes: 16_000, ms: 10_000 });

/** Who asks. @throws AppError `unauthenticated` where nobody is signed in */
export async function requirePrincipal(
  request: Request,
  authenticate: Authenticate,
): Promise<Principal> {
  const principal = await findPrincipal(request, authenticate);
  if (principal) return principal;
  const detail = 'Sign in, and send the session as a cookie or as Authorization: Bearer <token>.';
  throw new AppError('unauthenticated', detail);
}

function findPrincipal({ headers }: Request, authenticate: Authenticate) {
  const { authorization, cookie, origin, host } = headers;
  return authenticate({ authorization, cookie, origin, host });
}

function parseParams<P>(schema: z.ZodType<P> | undefined, value: unknown): P {
  if (!schema) return undefined as P;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new AppError('not_found', 'No resource has this ID.', { cause: result.error });
}

function parseQuery<Q>(schema: z.ZodType<Q> | undefined, value: unknown): Q {
  if (!schema) return undefined as Q;
  const result = schema.safeParse(value);
  const errors = result.success ? storableFaults(value) : fieldErrors(result.error);
  if (result.success && errors.length === 0) return result.data;
  const detail = `Invalid query: ${errors.map((one) => `${one.path} ${one.message}`).join('; ')}`;
  throw new AppError('bad_request', detail.slice(0, 1000), { errors });
}

/** Reads a body once params and query fit, and whoever asks may. */
async function parseBody<B>(
  schema: z.ZodType<B> | undefined,
  read: ReadBody,
  request: Request,
  response: Response,
): Promise<B> {
  return schema ? schema.parse(await read(request, response)) : (undefined as B);
}

const inWorkspace = z.object({
  workspaceId: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,200}$/, 'is not the ID of a workspace')
    .optional()
    .describe('Your personal workspace unless set; for an API token, its own.'),
});

/** The resource that a request names by its address, or by its query. */
function resourceOf(principal: Principal, { of }: Needs, request: Request): Resource {
  if (of) {
    const { id, runId } = request.params as { id?: string; runId?: string };
    return { kind: of, id: runId ?? id ?? '' };
  }
  const { workspaceId = homeOf(principal) } = parseQuery(inWorkspace, request.query);
  return { kind: 'workspace', id: workspaceId };
}

type Spec<P, Q, B, Extra> = Address &
  Limited &
  Gated &
  Reading &
  Schemas<P, Q, B> & { handle: (input: Parsed<P, Q, B> & Extra) => Promise<RouteAnswer> };

/**
 * A route for those who are signed in and have a right. Answers 401 without a session, 404 for
 * params and 400 for a query that do not fit, 404 or 403 to those who lack the right, 422 for a body
 * that does not fit; then the handler speaks. Where it has a `limit` or a `gate`, 429 comes before
 * all but 401: it is documented as `rate_limited`.
 */
export function route<P = undefined, Q = undefined, B = undefined>(
  spec: Spec<P, Q, B, { principal: Principal; access: Access }> & Needs,
): Route {
  const { method, path, docs, handle, limit, gate, read = readBody, right, of, ...schemas } = spec;
  const { problems = [] } = docs;
  const needs = of ? { right, of } : { right };
  const own: readonly ErrorCode[] = of ? ['forbidden'] : ['forbidden', 'not_found'];
  const query = of ? schemas.query : withWorkspace(schemas.query);
  return {
    method,
    path,
    access: 'signed-in',
    needs,
    schemas: { ...schemas, ...(query && { query }) },
    docs: {
      ...docs,
      problems: [...problems, ...own, ...(limit || gate ? (['rate_limited'] as const) : [])],
    },
    async respond(request, response, { authenticate, authorize }) {
      const principal = await requirePrincipal(request, authenticate);
      await limit?.consume(principal.userId);
      const work = async () => {
        const params = parseParams(schemas.params, request.params);
        const asked = parseQuery(schemas.query, request.query);
        const requestId = request.id as string;
        const resource = resourceOf(principal, needs, request);
        const access = { ...(await authorize(principal, right, resource)), requestId };
        const body = await parseBody(schemas.body, read, request, response);
        return handle({ params, query: asked, body, request, requestId, principal, access });
      };
      return gate ? gate.run(principal.userId, work) : work();
    },
  };
}

/** A query as the document shows it, with the workspace that it may name. */
function withWorkspace(query: z.ZodType | undefined): z.ZodType {
  if (!query) return inWorkspace;
  if (query instanceof z.ZodObject) return query.extend(inWorkspace.shape);
  throw new Error('The query of a route must be an object');
}

/**
 * A route about an account, for its user alone: an API token is refused with `forbidden`. Otherwise
 * like `route`.
 */
export function accountRoute<P = undefined, Q = undefined, B = undefined>(
  spec: Spec<P, Q, B, { principal: UserPrincipal }>,
): Route {
  const { docs, handle } = spec;
  const problems = [...(docs.problems ?? []), 'forbidden'] as const;
  const forAll = signedInRoute({
    ...spec,
    docs: { ...docs, problems },
    handle: (input) => handle({ ...input, principal: requireUser(input.principal) }),
  });
  return { ...forAll, access: 'account' };
}

/** A route for everybody who is signed in, which needs no right in a workspace. */
export function signedInRoute<P = undefined, Q = undefined, B = undefined>(
  spec: Spec<P, Q, B, { principal: Principal }>,
): Route {
  const { method, path, docs, handle, limit, gate, read = readBody, ...schemas } = spec;
  const { problems = [] } = docs;
  const own = limit || gate ? (['rate_limited'] as const) : [];
  return {
    method,
    path,
    access: 'signed-in',
    schemas,
    docs: { ...docs, problems: [...problems, ...own] },
    async respond(request, response, { authenticate }) {
      const principal = await requirePrincipal(request, authenticate);
      await limit?.consume(principal.userId);
      const work = async () => {
        const params = parseParams(schemas.params, request.params);
        const query = parseQuery(schemas.query, request.query);
        const body = await parseBody(schemas.body, read, request, response);
        return handle({ params, query, body, request, requestId: request.id as string, principal });
      };
      return gate ? gate.run(principal.userId, work) : work();
    },
  };
}

/** @throws AppError `forbidden` for an API token */
export function requireUser(principal: Principal): UserPrincipal {
  if (principal.kind === 'user') return principal;
  throw new AppError('forbidden', 'An API token cannot do this. Sign in with your account.');
}

/**
 * A route for anyone; otherwise like `route`. Its body has at most 16 kB. Where it changes something,
 * pages of other origins are turned away, as they could sign somebody in or out.
 */
export function openRoute<P = undefined, Q = undefined, B = undefined>(
  spec: Address &
    Limited &
    Schemas<P, Q, B> & { handle: (input: Parsed<P, Q, B>) => Promise<RouteAnswer> },
): Route {
  const { method, path, docs, handle, limit, ...schemas } = spec;
  const { problems = [] } = docs;
  return {
    method,
    path,
    access: 'anyone',
    schemas,
    docs: limit ? { ...docs, problems: [...problems, 'rate_limited'] } : docs,
    async respond(request, response, { origins }) {
      if (method !== 'get') requireOwnOrigin(request.headers, origins);
      await limit?.consume(addressKey(request.ip ?? ''));
      const params = parseParams(schemas.params, request.params);
      const query = parseQuery(schemas.query, request.query);
      const body = await parseBody(schemas.body, readSmallBody, request, response);
      return handle({ params, query, body, request, requestId: request.id as string });
    },
  };
}
