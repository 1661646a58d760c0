import { hookAcceptedSchema, jsonValueSchema, limits, storable } from '@crmflow/contracts';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { openSecrets } from '../deployments/secrets.js';
import { AppError } from '../errors/app-error.js';
import { asAppError } from '../errors/as-app-error.js';
import { createReadRaw, hasBody } from '../http/read-body.js';
import type { Route } from '../http/route.js';
import { addressKey } from '../rate-limits/address-key.js';
import { createProcessLimit } from '../rate-limits/create-rate-limit.js';
import { runBudgetProblems } from '../usage/budgets.js';
import { answerLater } from './answers.js';
import { type Hook, readHook } from './hooks.js';
import { requireFormat } from './read-hook-body.js';
import { type HookDeps, keepRefused, receive, type Received } from './receive.js';
import { authFault, byHeaderAlone } from './signatures.js';

const readRaw = createReadRaw({ bytes: limits.hookBodyBytes, ms: 10_000 });

const minute = 60;
/** Of one sender at one webhook, and of all at one. */
const most = { ofSender: 600, ofAll: 6_000, results: 240 };

/** Tells when the sender has gone. */
function gone(response: Response): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => controller.abort());
  return controller.signal;
}

/** @throws AppError `unauthenticated`, `signature_invalid` */
function requireSender(
  { settings: { auth } }: Hook,
  { secrets, headers, at }: Received,
  body: Uint8Array,
): void {
  const fault = authFault(auth, secrets, { headers, body, now: at.getTime() });
  if (fault === null) return;
  const challenge = auth.kind === 'basic' ? ({ challenge: 'Basic' } as const) : {};
  throw new AppError(
    byHeaderAlone(auth) ? 'unauthenticated' : 'signature_invalid',
    fault,
    challenge,
  );
}

/**
 * Reads the body of a sender, and verifies the sender as early as possible: a missing token, and a format
 * that is not supported, are rejected by the headers alone. @throws AppError what is wrong
 */
async function readVerified(
  hook: Hook,
  received: Received,
  request: Request,
  response: Response,
): Promise<Uint8Array> {
  const { headers } = request;
  if (byHeaderAlone(hook.settings.auth)) requireSender(hook, received, new Uint8Array());
  if (hasBody(request)) {
    requireFormat(headers['content-type'] ?? '', headers['content-encoding']);
  }
  const bytes = await readRaw(request, response);
  requireSender(hook, received, bytes);
  return bytes;
}

const problems = [
  ...(['not_found', 'rate_limited', 'too_large', 'unsupported_media_type'] as const),
  ...(['unauthenticated', 'signature_invalid', 'bad_request', 'request_timeout'] as const),
  ...(['invalid', 'expression_failed', 'idempotency_conflict', 'deployment_paused'] as const),
  ...(['no_version', 'flow_invalid', 'temporal_unavailable', ...runBudgetProblems] as const),
];

/** `/hooks`: what services send, and the answers that take longer. */
export function hookRoutes(deps: HookDeps): Route[] {
  const { pool } = deps;
  const ofSender = createProcessLimit(deps, { times: most.ofSender, seconds: minute });
  const ofAll = createProcessLimit(deps, { times: most.ofAll, seconds: minute });
  const results = createProcessLimit(deps, { times: most.results, seconds: minute });
  const answers = z.union([hookAcceptedSchema, jsonValueSchema]);
  return [
    {
      method: 'post',
      path: '/hooks/:slug',
      access: 'service',
      schemas: { params: z.object({ slug: z.string() }) },
      docs: {
        tag: 'Webhooks',
        summary: 'Send to a webhook',
        description:
          'Starts a run of the flow with `input = {body, query, headers, method, at}`. The body is JSON, a form or text, up to 60 kB. The webhook says how it knows its senders. A delivery with the same `Idempotency-Key` (or `webhook-id`, or ID of the service, or value of its expression) leads to the same run and the same answer. Answers 202 with the run; or, if the webhook waits for its flow, what the flow responds within 25 seconds, else 202 with `Location`, where the answer will be.',
        answers: { 200: answers, 202: hookAcceptedSchema },
        problems,
      },
      async respond(request, response) {
        const { slug } = request.params as { slug: string };
        const hook = await readHook(pool, slug);
        await ofSender.consume(`${hook.id} ${addressKey(request.ip ?? '')}`);
        await ofAll.consume(hook.id);
        const signal = gone(response);
        const received: Received = {
          at: new Date(),
          method: request.method,
          query: storable(
            Object.fromEntries(Object.entries(request.query)) as Record<string, string>,
          ),
          headers: request.headers,
          secrets: await openSecrets(deps, hook.id, hook.workspaceId),
        };
        let bytes: Uint8Array;
        try {
          bytes = await readVerified(hook, received, request, response);
        } catch (error) {
          await keepRefused(deps, hook, received, asAppError(error));
          throw error;
        }
        return receive(deps, hook, { ...received, bytes }, signal);
      },
    },
    {
      method: 'get',
      path: '/hooks/results/:token',
      access: 'anyone',
      schemas: { params: z.object({ token: z.string() }) },
      docs: {
        tag: 'Webhooks',
        summary: 'Read a late answer',
        description:
          'The answer of a flow that took longer than its sender was kept waiting; 202 while the run continues. The address comes from `Location` and expires after a day.',
        answers: { 200: answers, 202: hookAcceptedSchema },
        problems: ['rate_limited'],
      },
      async respond(request) {
        await results.consume(addressKey(request.ip ?? ''));
        const { token } = request.params as { token: string };
        return answerLater(pool, token);
      },
    },
  ];
}
