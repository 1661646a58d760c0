import type { IncomingHttpHeaders } from 'node:http';
import { type Json, jsonBytes, type JsonObject, limits } from '@crmflow/contracts';
import { canonicalHash } from '../canonical-hash.js';
import { checkOf } from '../deployments/webhook-settings.js';
import type { Deps, RunDeps } from '../deps.js';
import { AppError } from '../errors/app-error.js';
import { asAppError } from '../errors/as-app-error.js';
import type { RouteAnswer } from '../http/route.js';
import { findEarlier, type Starter } from '../runs/earlier-request.js';
import { startRun } from '../runs/start-run.js';
import { promiseAnswer, waitForAnswer } from './answers.js';
import { keepDelivery, type NewDelivery, noteAnswer } from './deliveries.js';
import { deliveryKey } from './delivery-key.js';
import { headersForFlow, headersToKeep, queryToKeep, withoutSecrets } from './hook-headers.js';
import type { Hook } from './hooks.js';
import { parseHookBody } from './read-hook-body.js';
import { untouchable } from './answer-of-node.js';

/** What receiving deliveries needs. */
export type HookDeps = RunDeps & Pick<Deps, 'budgets' | 'starts' | 'config' | 'runWatch'>;

/** A request to a webhook. */
export type Received = {
  at: Date;
  method: string;
  query: JsonObject;
  headers: IncomingHttpHeaders;
  /** Newest first. */
  secrets: readonly string[];
};

type Input = JsonObject & { body: Json };

const tokenHeader = ({ settings: { auth } }: Hook): string | undefined =>
  auth.kind === 'token' || auth.kind === 'hmac' ? auth.header : undefined;

/** What is kept of a delivery before anything has come of it. */
function deliveryOf(
  hook: Hook,
  { at, method, query, headers, secrets }: Received,
): Omit<NewDelivery, 'bytes' | 'isVerified'> {
  return {
    ...{ deploymentId: hook.id, at, method },
    query: queryToKeep(query, secrets),
    headers: headersToKeep(headers, secrets, tokenHeader(hook)),
    ...{ key: null, status: null, code: null, detail: null, runId: null },
  };
}

const refusal = ({ status, code, detail, errors = [] }: AppError) => {
  const fields = errors.map(({ path, message }) => `${path} ${message}`);
  return { status, code, detail: [detail, ...fields].join(' ').slice(0, 1_000) };
};

/** Writes down what was refused before it was known who sent it: nothing of its body. */
export async function keepRefused(
  deps: HookDeps,
  hook: Hook,
  received: Received,
  error: AppError,
): Promise<void> {
  await keepDelivery(deps.pool, {
    ...deliveryOf(hook, received),
    ...refusal(error),
    ...{ bytes: Number(received.headers['content-length'] ?? 0) || 0, isVerified: false },
  });
}

/** @throws AppError `deployment_paused` */
function requireEnabled({ enabled }: Hook): void {
  if (enabled) return;
  throw new AppError('deployment_paused', 'This webhook is paused. Nothing was started.');
}

/** @throws AppError `invalid` with the path of each fault */
function requireFitting({ settings: { schema } }: Hook, body: Json): void {
  if (schema === null) return;
  const errors = checkOf(schema)(body);
  if (errors.length === 0) return;
  const detail = 'The body does not match the schema of this webhook. See `errors` for each field.';
  throw new AppError('invalid', detail, { errors });
}

/** @throws AppError `bad_request`, `too_large` */
function inputOf(hook: Hook, received: Received, bytes: Uint8Array): Input {
  const { at, method, query, headers } = received;
  const body = parseHookBody(headers['content-type'] ?? '', bytes);
  const names = hook.settings.headers.filter((name) => name !== tokenHeader(hook));
  const seen = headersForFlow(headers, names);
  const input = { body, query, headers: seen, method, at: at.toISOString() };
  if (jsonBytes(input) <= limits.inputBytes) return input;
  const detail = `The body with its query and headers is larger than ${limits.inputBytes / 1000} kB. Send a smaller one.`;
  throw new AppError('too_large', detail);
}

const conflict = (key: string) =>
  new AppError(
    'idempotency_conflict',
    `A delivery with the same key (${key}) had another body. Use a new key for each event.`,
  );

/**
 * The run of a delivery: that which the first one with its key has started, or a new one.
 * @throws AppError `idempotency_conflict`, `deployment_paused`, `invalid`; those of `startRun`
 */
async function runOf(
  deps: HookDeps,
  hook: Hook,
  input: Input,
  key: string | null,
): Promise<string> {
  const { id, workspaceId, workflowId, version } = hook;
  const hash = canonicalHash([input.body]);
  const starter: Starter = { workspaceId, userId: null, scope: id, hash };
  try {
    // Before all else: what was taken once is taken, whatever has changed since.
    const earlier =
      key === null ? null : await findEarlier(deps, starter, { requestId: key, hash });
    if (earlier) return earlier.runId;
    requireEnabled(hook);
    requireFitting(hook, input.body);
    const { runId } = await startRun(deps, starter, workflowId, {
      input,
      ...(version !== null && { version }),
      ...(key !== null && { requestId: key }),
    });
    return runId;
  } catch (error) {
    const isReused = error instanceof AppError && error.code === 'request_id_reused';
    throw isReused && key !== null ? conflict(key) : error;
  }
}

/** Slack verifies an address once, when it is entered. */
function challengeOf({ settings: { auth } }: Hook, { body }: Input): RouteAnswer | null {
  if (auth.kind !== 'slack' || typeof body !== 'object' || body === null) return null;
  if (Array.isArray(body) || body['type'] !== 'url_verification') return null;
  const { challenge } = body;
  if (typeof challenge !== 'string') return null;
  const headers = { 'Content-Type': 'text/plain; charset=utf-8', ...untouchable };
  return { status: 200, text: challenge, headers };
}

/**
 * Takes what a service has sent: starts a run, or finds the one that an earlier delivery with the same key
 * has started, and answers as the webhook is set up to. Whatever comes of it is written down.
 * @param bytes the body as it came; who sent it is known
 * @param signal the sender has gone
 * @throws AppError `bad_request`, `too_large`, `expression_failed`, those of `runOf`
 */
export async function receive(
  deps: HookDeps,
  hook: Hook,
  received: Received & { bytes: Uint8Array },
  signal: AbortSignal,
): Promise<RouteAnswer> {
  const { pool } = deps;
  const { bytes, secrets } = received;
  const { respond } = hook.settings;
  const delivery: NewDelivery = {
    ...deliveryOf(hook, received),
    ...{ bytes: bytes.length, isVerified: true },
  };
  let runId: string;
  try {
    const input = inputOf(hook, received, bytes);
    delivery.body = withoutSecrets(input.body, secrets);
    const challenge = challengeOf(hook, input);
    if (challenge) {
      await keepDelivery(pool, { ...delivery, status: challenge.status });
      return challenge;
    }
    delivery.key = deliveryKey(hook.settings, received.headers, input);
    runId = await runOf(deps, hook, input, delivery.key);
  } catch (error) {
    const refused = asAppError(error);
    await keepDelivery(pool, { ...delivery, ...refusal(refused) });
    throw error;
  }
  if (respond === 'accepted') {
    await keepDelivery(pool, { ...delivery, runId, status: 202 });
    return { status: 202, body: { runId }, headers: untouchable };
  }
  const id = await keepDelivery(pool, { ...delivery, runId });
  const answer =
    (await waitForAnswer(deps, respond, runId, signal)) ??
    (await promiseAnswer(deps, hook.id, runId));
  await noteAnswer(pool, id, answer.status);
  return answer;
}
