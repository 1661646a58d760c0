import type { IncomingHttpHeaders } from 'node:http';
import type { Json, JsonObject } from '@crmflow/contracts';
import { headerOf } from './signatures.js';

/** Headers that flows see: what was sent and which event it is, nothing that authenticates. */
const seen: ReadonlySet<string> = new Set([
  ...['accept-language', 'content-type', 'user-agent', 'x-request-id', 'x-correlation-id'],
  ...['idempotency-key', 'webhook-id', 'webhook-timestamp'],
  ...['x-github-event', 'x-github-delivery', 'x-github-hook-id'],
  ...['x-gitlab-event', 'x-gitlab-event-uuid', 'x-event-key', 'x-event-type', 'x-event-id'],
  ...['x-shopify-topic', 'x-shopify-shop-domain', 'x-shopify-webhook-id', 'x-shopify-event-id'],
  ...['x-slack-request-timestamp', 'x-slack-retry-num', 'x-slack-retry-reason'],
]);

/** Headers that no webhook can show to its flow. */
const unseen: ReadonlySet<string> = new Set(['authorization', 'cookie', 'proxy-authorization']);

/** Headers that tell the network of a sender: never kept. */
const unkept: ReadonlySet<string> = new Set([
  ...['x-forwarded-for', 'x-real-ip', 'forwarded', 'cf-connecting-ip', 'true-client-ip'],
]);

const isSensitive = (name: string) =>
  /auth|cookie|token|secret|signature|password|api-?key|access-?key|csrf|session/i.test(name);

const longestValue = 1_000;
const redacted = '••••';

/** What flows see of the headers: those of the list, and those that the webhook names. */
export function headersForFlow(headers: IncomingHttpHeaders, more: readonly string[]): JsonObject {
  const names = Object.keys(headers).filter(
    (name) => seen.has(name) || (more.includes(name) && !unseen.has(name)),
  );
  return Object.fromEntries(
    names.map((name) => [name, (headerOf(headers, name) ?? '').slice(0, longestValue)]),
  );
}

/** Puts a sign in place of secrets, wherever in a value they are. */
export function withoutSecrets<T extends Json>(value: T, secrets: readonly string[]): T;
export function withoutSecrets(value: Json, secrets: readonly string[]): Json {
  if (secrets.length === 0) return value;
  if (typeof value === 'string') {
    return secrets.reduce((text, secret) => text.replaceAll(secret, redacted), value);
  }
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, secrets));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, withoutSecrets(item, secrets)]),
  );
}

/**
 * Headers as deliveries keep them.
 * @param own the header by which the webhook knows its senders, where it names one
 */
export function headersToKeep(
  headers: IncomingHttpHeaders,
  secrets: readonly string[],
  own: string | undefined,
): Record<string, string> {
  return Object.fromEntries(
    Object.keys(headers)
      .filter((name) => !unkept.has(name))
      .slice(0, 60)
      .map((name) => {
        if (isSensitive(name) || name === own) return [name, redacted];
        const value = (headerOf(headers, name) ?? '').slice(0, longestValue);
        return [name, withoutSecrets(value, secrets)];
      }),
  );
}

/** Parameters of an address as deliveries keep them. */
export function queryToKeep(query: JsonObject, secrets: readonly string[]): JsonObject {
  return Object.fromEntries(
    Object.entries(withoutSecrets(query, secrets)).map(([name, value]) => [
      name,
      isSensitive(name) || /^(?:key|sig)$/i.test(name) ? redacted : value,
    ]),
  );
}
