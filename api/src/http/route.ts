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
import { idPattern } from './id-params.js';
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
  /**
   * Who may ask: of those who are signed in, for an `account` no API token; a `service` as its webhook
   * says. See `visitorRoute` and `hookRoutes`.
   */
  access: 'anyone' | 'visitor' | 'service' | 'signed-in' | 'account';
  /** What they must be allowed to do, and to what: the workspace of the query unless `of` says so. */
  needs?: Needs;
  /** What requests must look like. */
  schemas: { params?: z.ZodType; query?: z.ZodType; body?: z.ZodType };
  docs: RouteDocs;
  respond: (request: Request, response: Response, entrance: Entrance) => Promise<RouteAnswer>;
};

/** What requests to a route must look like. */
export type Schemas<P, Q, B> = {
  params?: z.ZodType<P>;
  query?: z.ZodType<Q>;
  body?: z.ZodType<B>;
};

/** What a request says, once it was read and checked. */
export type Parsed<P, Q, B> = { params: P; query: Q; body: B; request: Request; requestId: string };

/** Where a route is, and what is told of it. */
export type Address = Pick<Route, 'method' | 'path' | 'docs'>;

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

/**
 * Reads what a request says: params and query first, the body last.
 * @param admit what the route looks at between the two, before it takes a body of any size
 */
export async function parseRequest<P, Q, B, Extra>(
  { read, ...schemas }: Schemas<P, Q, B> & { read: ReadBody },
  request: Request,
  response: Response,
  admit: (requestId: string) => Promise<Extra>,
): Promise<Parsed<P, Q, B> & Extra> {
  const params = parseParams(schemas.params, request.params);
  const query = parseQuery(schemas.query, request.query);
  const requestId = request.id as string;
  const extra = await admit(requestId);
  const body = schemas.body ? schemas.body.parse(await read(request, response)) : (undefined as B);
  return { params, query, body, request, requestId, ...extra };
}

const inWorkspace = z.object({
  workspaceId: z
    .string()
    .regex(idPattern, 'is not the ID of a workspace')
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

/** What a route for those who are signed in looks at before the body, and the errors of that. */
type Admission<Extra> = {
  admit: (
    principal: Principal,
    asked: Entrance & { request: Request; requestId: string },
  ) => Promise<Extra>;
  problems?: readonly ErrorCode[];
};

function guarded<P, Q, B, Extra>(
  spec: Spec<P, Q, B, Extra>,
  { admit, problems: own = [] }: Admission<Extra>,
): Route {
  const { method, path, docs, handle, limit, gate, read = readBody, ...schemas } = spec;
  const { problems = [] } = docs;
  const limited = limit || gate ? (['rate_limited'] as const) : [];
  return {
    method,
    path,
    access: 'signed-in',
    schemas,
    docs: { ...docs, problems: [...problems, ...own, ...limited] },
    async respond(request, response, entrance) {
      const principal = await requirePrincipal(request, entrance.authenticate);
      await limit?.consume(principal.userId);
      const work = async () =>
        handle(
          await parseRequest({ ...schemas, read }, request, response, (requestId) =>
            admit(principal, { ...entrance, request, requestId }),
          ),
        );
      return gate ? gate.run(principal.userId, work) : work();
    },
  };
}

/**
 * A route for those who are signed in and have a right. Answers 401 without a session, 404 for
 * params and 400 for a query that do not fit, 404 or 403 to those who lack the right, 422 for a body
 * that does not fit; then the handler speaks. Where it has a `limit` or a `gate`, 429 comes before
 * all but 401: it is documented as `rate_limited`.
 */
export function route<P = undefined, Q = undefined, B = undefined>({
  right,
  of,
  ...spec
}: Spec<P, Q, B, { access: Access }> & Needs): Route {
  const needs = of ? { right, of } : { right };
  const made = guarded(spec, {
    async admit(principal, { authorize, request, requestId }) {
      const resource = resourceOf(principal, needs, request);
      return { access: { ...(await authorize(principal, right, resource)), requestId } };
    },
    problems: of ? ['forbidden'] : ['forbidden', 'not_found'],
  });
  const { schemas } = made;
  return of
    ? { ...made, needs }
    : { ...made, needs, schemas: { ...schemas, query: withWorkspace(schemas.query) } };
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
  return guarded(spec, { admit: async (principal) => ({ principal }) });
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
      return handle(
        await parseRequest(
          { ...schemas, read: readSmallBody },
          request,
          response,
          async () => ({}),
        ),
      );
    },
  };
}
