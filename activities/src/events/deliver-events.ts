import type { DeliveryAttempt, EventActivities } from '@crmflow/contracts';
import { limits } from '@crmflow/contracts';
import {
  type DueDelivery,
  eventBody,
  leaveEndpoint,
  noteAttempt,
  takeDueDelivery,
} from '@crmflow/db';
import { Context } from '@temporalio/activity';
import type { Pool } from 'pg';
import { CallError } from '../call/call-error.js';
import type { Egress, EgressResponse } from '../egress/egress.js';
import { parseRetryAfter } from '../http/status-error.js';
import { decodeText } from '../text/decode.js';
import { judgeAttempt } from './judge-attempt.js';
import { signedHeaders } from './sign.js';

/** What delivering needs; `now` gives epoch milliseconds, `random` a number from 0 to 1. */
export type DeliverEventsDeps = {
  pool: Pool;
  egress: Egress;
  now: () => number;
  random: () => number;
  /** The secrets of an endpoint, newest first. */
  openEndpointSecrets: (endpoint: { id: string; workspaceId: string }) => Promise<string[]>;
};

/** How long a receiver has for its answer. */
const timeoutMs = 15_000;
/** How long one activity delivers before another one goes on. */
const workMs = 60_000;
const tooLate = `The endpoint did not respond within ${timeoutMs / 1000} seconds.`;
const heartbeatMs = 1_000;
const answerBytes = 8_000;

type Sent = DeliveryAttempt & { retryAfterMs?: number | undefined };

function answerOf({ headers, body }: EgressResponse): string {
  const text = decodeText(headers['content-type'] ?? '', body).replaceAll('\0', '');
  return text.slice(0, limits.endpointAnswerLength).toWellFormed();
}

async function send(
  deps: DeliverEventsDeps,
  delivery: DueDelivery,
  signal: AbortSignal,
): Promise<Sent> {
  const { endpointId, workspaceId, eventId, url } = delivery;
  const secrets = await deps.openEndpointSecrets({ id: endpointId, workspaceId });
  const begun = deps.now();
  const attempt = (rest: Pick<DeliveryAttempt, 'status' | 'answer' | 'error'>) => ({
    ...{ at: new Date(begun).toISOString(), durationMs: deps.now() - begun },
    ...rest,
  });
  // Nobody could tell whom an unsigned event is from.
  if (secrets.length === 0) {
    const error = 'The secret of the endpoint cannot be decrypted. Replace it by a new one.';
    return attempt({ status: null, answer: '', error });
  }
  const body = eventBody(delivery);
  const signed = { id: eventId, timestamp: Math.floor(begun / 1000), body };
  try {
    const response = await deps.egress.fetch({
      ...{ method: 'POST', url, body, signal, timeoutMs, maxBytes: answerBytes },
      isStatusEnough: true,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'CRMFlow',
        ...signedHeaders(secrets, signed),
      },
    });
    const { status, headers } = response;
    const retryAfterMs = parseRetryAfter(headers['retry-after'], deps.now());
    return { ...attempt({ status, answer: answerOf(response), error: null }), retryAfterMs };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof CallError)) throw error;
    const { code, message } = error as CallError;
    const isLate = code === 'http_timeout';
    return attempt({ status: null, answer: '', error: isLate ? tooLate : message });
  }
}

/**
 * Makes the activity that delivers events: see `EventActivities`. An attempt that is not noted any more, as
 * the worker dies, is made again with the same id; a stopping worker cuts one off in the same way.
 */
export function createDeliverEvents(deps: DeliverEventsDeps): EventActivities['deliverEvents'] {
  return async (endpointId) => {
    const context = Context.current();
    const beat = setInterval(() => context.heartbeat(), heartbeatMs);
    const until = deps.now() + workMs;
    try {
      while (deps.now() < until) {
        context.cancellationSignal.throwIfAborted();
        const delivery = await takeDueDelivery(deps.pool, endpointId);
        if (!delivery) {
          await leaveEndpoint(deps.pool, endpointId);
          return 'done';
        }
        const { retryAfterMs, ...attempt } = await send(deps, delivery, context.cancellationSignal);
        const outcome = { status: attempt.status, retryAfterMs, at: deps.now() };
        const verdict = judgeAttempt(outcome, delivery, deps.random());
        await noteAttempt(deps.pool, delivery, attempt, verdict);
      }
      return 'more';
    } finally {
      clearInterval(beat);
    }
  };
}
