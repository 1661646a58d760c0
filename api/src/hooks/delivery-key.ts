import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { isJsonObject, type Json, type JsonObject, type WebhookSettings } from '@crmflow/contracts';
import { evaluate, FlowFault } from '@crmflow/expressions';
import { keyExpression } from '../deployments/webhook-settings.js';
import { AppError } from '../errors/app-error.js';
import { headerOf } from './signatures.js';

const longest = 150;

/** A key with its source, so that keys of different sources never collide. */
function named(source: string, value: string): string {
  const short =
    value.length <= longest
      ? value
      : `sha256-${createHash('sha256').update(value).digest('base64url')}`;
  return `${source}:${short}`;
}

const textAt = (body: Json, field: string): string | undefined => {
  const value = isJsonObject(body) ? body[field] : null;
  return typeof value === 'string' && value !== '' ? value : undefined;
};

/** By what the services themselves tell their deliveries apart. */
function ofService(
  auth: WebhookSettings['auth'],
  headers: IncomingHttpHeaders,
  body: Json,
): string | undefined {
  const { kind } = auth;
  if (kind === 'github') return headerOf(headers, 'x-github-delivery');
  if (kind === 'stripe') return textAt(body, 'id');
  if (kind === 'slack') return textAt(body, 'event_id');
  if (kind === 'hmac' && auth.idHeader !== undefined) return headerOf(headers, auth.idHeader);
  return undefined;
}

function ofExpression(source: string, input: JsonObject): string | null {
  let value: Json;
  try {
    value = evaluate(keyExpression(source), { vars: {}, input, run: {}, messages: [] });
  } catch (error) {
    if (!(error instanceof FlowFault)) throw error;
    const detail = `The key of this delivery could not be worked out: \`${source.slice(0, 200)}\` failed on its body. Change the expression in the settings of the webhook, or use has().`;
    throw new AppError('expression_failed', detail, { cause: error });
  }
  if (value === null || value === '') return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/**
 * By what a delivery is told from others: `Idempotency-Key`, else `webhook-id`, else what the service says,
 * else the expression of the webhook. Null where nothing tells it: then each delivery is one of its own.
 * @param input as the flow sees it
 * @throws AppError `expression_failed`
 */
export function deliveryKey(
  { auth, idempotency }: WebhookSettings,
  headers: IncomingHttpHeaders,
  input: JsonObject & { body: Json },
): string | null {
  for (const name of ['idempotency-key', 'webhook-id']) {
    const value = headerOf(headers, name)?.trim();
    if (value) return named(name, value);
  }
  const own = ofService(auth, headers, input.body)?.trim();
  if (own) return named(auth.kind, own);
  const worked = idempotency === null ? null : ofExpression(idempotency, input);
  return worked === null ? null : named('expression', worked);
}
