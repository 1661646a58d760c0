import {
  callbackAcceptedSchema,
  isJsonObject,
  type Json,
  jsonBytes,
  type JsonObject,
  limits,
  storable,
} from '@crmflow/contracts';
import type { Request } from 'express';
import { z } from 'zod';
import type { Deps, RunDeps } from '../deps.js';
import { AppError } from '../errors/app-error.js';
import { asAppError } from '../errors/as-app-error.js';
import { createReadRaw, hasBody } from '../http/read-body.js';
import type { Route, RouteAnswer } from '../http/route.js';
import { addressKey } from '../rate-limits/address-key.js';
import { createProcessLimit } from '../rate-limits/create-rate-limit.js';
import { acceptCallback, lookAtCallback } from '../runs/callbacks.js';
import { untouchable } from './answer-of-node.js';
import { confirmPage, failedPage, languageOf, thanksPage } from './confirm-page.js';
import { parseHookBody, requireFormat } from './read-hook-body.js';

const readRaw = createReadRaw({ bytes: limits.hookBodyBytes, ms: 10_000 });

/** Of one sender in a minute. */
const mostCalls = 120;

const tokenOf = ({ params }: Request) => (params as { token: string }).token;

const queryOf = ({ query }: Request): JsonObject =>
  storable(Object.fromEntries(Object.entries(query)) as Record<string, string>);

/**
 * What a call brings: its body, and the parameters of its query beside the fields of that. A body that
 * has no fields, such as a text, is `body` where there are parameters.
 */
function valueOfCall(query: JsonObject, body: Json): Json {
  if (body === null) return query;
  if (isJsonObject(body)) return { ...query, ...body };
  return Object.keys(query).length === 0 ? body : { ...query, body };
}

/** Whether a person looks at the answer, rather than a service. */
const isBrowser = ({ headers }: Request) => /\btext\/html\b/i.test(headers.accept ?? '');

/** Answers people with a page where something is wrong. */
async function asPage(request: Request, work: () => Promise<RouteAnswer>): Promise<RouteAnswer> {
  if (!isBrowser(request)) return work();
  try {
    return await work();
  } catch (thrown) {
    const error = asAppError(thrown);
    if (error.status >= 500) throw thrown;
    return failedPage(languageOf(request.headers['accept-language']), error.status);
  }
}

const params = z.object({ token: z.string() });
const html = { 'text/html': z.string() };

/** `/hooks/waits`: what answers the callback nodes of runs. */
export function callbackRoutes(deps: RunDeps & Pick<Deps, 'config'>): Route[] {
  const limit = createProcessLimit(deps, { times: mostCalls, seconds: 60 });
  const count = (request: Request) => limit.consume(addressKey(request.ip ?? ''));
  return [
    {
      method: 'post',
      path: '/hooks/waits/:token',
      access: 'anyone',
      schemas: { params },
      docs: {
        tag: 'Webhooks',
        summary: 'Answer a callback node',
        description:
          'The address comes from `callbackUrl()` in a text or request of a flow. What is sent becomes the variable of the node: JSON, a form or text, up to 60 kB, with the parameters of the query beside the fields of the body. It works once; the same content again gets the same answer. A call before the run is at the node waits for it there.',
        answers: { 202: { 'application/json': callbackAcceptedSchema, ...html } },
        problems: [
          ...(['not_found', 'rate_limited', 'too_large', 'unsupported_media_type'] as const),
          ...(['bad_request', 'request_timeout', 'callback_used', 'callback_over'] as const),
          'temporal_unavailable',
        ],
      },
      respond: (request, response) =>
        asPage(request, async () => {
          await count(request);
          const { headers } = request;
          const type = headers['content-type'] ?? '';
          if (hasBody(request)) requireFormat(type, headers['content-encoding']);
          const value = valueOfCall(
            queryOf(request),
            parseHookBody(type, await readRaw(request, response)),
          );
          if (jsonBytes(value) > limits.valueBytes) {
            const most = limits.valueBytes / 1000;
            throw new AppError('too_large', `The content is larger than ${most} kB. Send less.`);
          }
          await acceptCallback(deps, tokenOf(request), value);
          if (isBrowser(request)) return thanksPage(languageOf(headers['accept-language']), 202);
          return { status: 202, body: { accepted: true }, headers: untouchable };
        }),
    },
    {
      method: 'get',
      path: '/hooks/waits/:token',
      access: 'anyone',
      schemas: { params },
      docs: {
        tag: 'Webhooks',
        summary: 'Show a callback address',
        description:
          'A page with a button that sends the parameters of the query to the address. Opening it answers nothing, as mail programs and chats open links by themselves.',
        answers: { 200: html },
        problems: ['not_found', 'rate_limited', 'callback_used', 'callback_over'],
      },
      respond: (request) =>
        asPage(request, async () => {
          await count(request);
          if ((await lookAtCallback(deps, tokenOf(request))) === 'answered') {
            throw new AppError('callback_used', 'This address was used already. It works once.');
          }
          return confirmPage(languageOf(request.headers['accept-language']), queryOf(request));
        }),
    },
  ];
}
