import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { signedTemplate, type WebhookAuth } from '@crmflow/contracts';
import { bearerToken } from '../secret-token.js';

/** A request as it is checked: the bytes of its body as they came. */
export type Signed = {
  headers: IncomingHttpHeaders;
  body: Uint8Array;
  /** Epoch milliseconds. */
  now: number;
};

type Algorithm = 'sha256' | 'sha512' | 'sha1';
type AuthOf<K extends WebhookAuth['kind']> = Extract<WebhookAuth, { kind: K }>;

/** The value of a header; that of one which came several times joins them. */
export function headerOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Compares texts of any length in constant time. */
const sameText = (one: string, other: string) => timingSafeEqual(digest(one), digest(other));

const sameBytes = (one: Uint8Array, other: Uint8Array) =>
  one.length === other.length && timingSafeEqual(one, other);

/** Looks at all, so that time does not tell which. */
const anyOf = <T>(items: readonly T[], test: (item: T) => boolean) =>
  items.reduce((found, item) => test(item) || found, false);

const spellings = {
  hex: { pattern: /^(?:[0-9a-f]{2})+$/i, encoding: 'hex' },
  base64: {
    pattern: /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
    encoding: 'base64',
  },
} as const;

/** The bytes of a signature; null where it is not spelt so. */
function bytesOf(text: string, encoding: 'hex' | 'base64'): Buffer | null {
  const spelling = spellings[encoding];
  return text !== '' && spelling.pattern.test(text) ? Buffer.from(text, spelling.encoding) : null;
}

type Mac = {
  keys: readonly (string | Uint8Array)[];
  algorithm?: Algorithm;
  before?: string;
  body: Uint8Array;
  after?: string;
};

/** Whether one of these signatures is by one of these keys. */
function isSigned(
  { keys, algorithm = 'sha256', before = '', body, after = '' }: Mac,
  signatures: readonly (Buffer | null)[],
): boolean {
  return anyOf(keys, (key) => {
    const mac = createHmac(algorithm, key).update(before).update(body).update(after).digest();
    return anyOf(signatures, (signature) => signature !== null && sameBytes(mac, signature));
  });
}

const missing = (header: string) => `The header ${header} is missing.`;
const mismatch =
  'The signature does not match the body. Check the secret, and that nothing changes the body on its way.';

/** Why a time is not now; null where it is near enough. */
function timeFault(text: string, tolerance: number, now: number): string | null {
  if (!/^\d{1,14}$/.test(text)) return 'The time of the signature is not a number.';
  const digits = Number(text);
  const seconds = digits > 100_000_000_000 ? digits / 1000 : digits;
  const off = Math.abs(now / 1000 - seconds);
  if (off <= tolerance) return null;
  return `The time of the signature differs from that of the server by more than ${tolerance} seconds. Sign each attempt again, and check the clocks.`;
}

/** The key of a secret of Standard Webhooks: base64 after `whsec_`. */
const standardKey = (secret: string) => Buffer.from(secret.replace(/^whsec_/, ''), 'base64');

function standardFault(
  { tolerance }: AuthOf<'standard'>,
  secrets: readonly string[],
  { headers, body, now }: Signed,
): string | null {
  const id = headerOf(headers, 'webhook-id');
  const time = headerOf(headers, 'webhook-timestamp');
  const given = headerOf(headers, 'webhook-signature');
  if (!id) return missing('webhook-id');
  if (!time) return missing('webhook-timestamp');
  if (!given) return missing('webhook-signature');
  const signatures = given
    .split(/[\s]+/)
    .filter((one) => one.startsWith('v1,'))
    .map((one) => bytesOf(one.slice(3), 'base64'));
  const keys = secrets.map(standardKey).filter((key) => key.length > 0);
  const late = timeFault(time, tolerance, now);
  if (late) return late;
  return isSigned({ keys, before: `${id}.${time}.`, body }, signatures) ? null : mismatch;
}

function githubFault(secrets: readonly string[], { headers, body }: Signed): string | null {
  const given = headerOf(headers, 'x-hub-signature-256');
  if (!given) return missing('X-Hub-Signature-256');
  const signature = given.startsWith('sha256=') ? bytesOf(given.slice(7), 'hex') : null;
  return isSigned({ keys: secrets, body }, [signature]) ? null : mismatch;
}

function stripeFault(
  { tolerance }: AuthOf<'stripe'>,
  secrets: readonly string[],
  { headers, body, now }: Signed,
): string | null {
  const given = headerOf(headers, 'stripe-signature');
  if (!given) return missing('Stripe-Signature');
  const parts = given.split(',').map((part) => part.trim());
  const time = parts.find((part) => part.startsWith('t='))?.slice(2) ?? '';
  const late = timeFault(time, tolerance, now);
  if (late) return late;
  const signatures = parts
    .filter((part) => part.startsWith('v1='))
    .map((part) => bytesOf(part.slice(3), 'hex'));
  return isSigned({ keys: secrets, before: `${time}.`, body }, signatures) ? null : mismatch;
}

function slackFault(
  { tolerance }: AuthOf<'slack'>,
  secrets: readonly string[],
  { headers, body, now }: Signed,
): string | null {
  const time = headerOf(headers, 'x-slack-request-timestamp');
  const given = headerOf(headers, 'x-slack-signature');
  if (!time) return missing('X-Slack-Request-Timestamp');
  if (!given) return missing('X-Slack-Signature');
  const late = timeFault(time, tolerance, now);
  if (late) return late;
  const signature = given.startsWith('v0=') ? bytesOf(given.slice(3), 'hex') : null;
  return isSigned({ keys: secrets, before: `v0:${time}:`, body }, [signature]) ? null : mismatch;
}

function hmacFault(
  auth: AuthOf<'hmac'>,
  secrets: readonly string[],
  { headers, body, now }: Signed,
): string | null {
  const { header, algorithm, encoding, timestampHeader, tolerance } = auth;
  const given = headerOf(headers, header);
  if (!given) return missing(header);
  let time = '';
  if (timestampHeader !== undefined) {
    const sent = headerOf(headers, timestampHeader);
    if (!sent) return missing(timestampHeader);
    const late = timeFault(sent, tolerance, now);
    if (late) return late;
    time = sent;
  }
  const [before = '', after = ''] = signedTemplate(auth)
    .split('{body}')
    .map((part) => part.replace('{timestamp}', () => time));
  const prefix = `${algorithm}=`;
  const text = given.startsWith(prefix) ? given.slice(prefix.length) : given;
  const signed = { keys: secrets, algorithm, before, body, after };
  return isSigned(signed, [bytesOf(text, encoding)]) ? null : mismatch;
}

function tokenFault({ header }: AuthOf<'token'>, secrets: readonly string[], { headers }: Signed) {
  const given = headerOf(headers, header);
  const token = header === 'authorization' ? bearerToken(given ?? '') : (given ?? null);
  if (token === null || token === '') {
    const spelling = header === 'authorization' ? 'Authorization: Bearer <token>' : header;
    return `The token is missing. Send it as ${spelling}.`;
  }
  return anyOf(secrets, (secret) => sameText(secret, token)) ? null : 'The token is wrong.';
}

function basicFault(
  { username }: AuthOf<'basic'>,
  secrets: readonly string[],
  { headers }: Signed,
): string | null {
  const [, encoded] = /^basic +([A-Za-z0-9+/]+={0,2})$/i.exec(headers.authorization ?? '') ?? [];
  if (encoded === undefined) return 'Send the name and the password as Authorization: Basic.';
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const at = text.indexOf(':');
  const [name, password] = at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
  const fits = anyOf(secrets, (secret) => {
    // A secret without a colon is a password alone.
    if (username === undefined && secret.includes(':')) return sameText(secret, text);
    const isName = username === undefined || sameText(username, name);
    return sameText(secret, password) && isName;
  });
  return fits ? null : 'The name or the password is wrong.';
}

/** The kinds that need no body, and so are looked at before it. */
export const byHeaderAlone = ({ kind }: WebhookAuth): boolean =>
  kind === 'token' || kind === 'basic';

/**
 * Why a request is not from who it should be; null where it is. Secrets and signatures are compared in
 * constant time; without a secret nothing passes.
 * @param secrets newest first
 */
export function authFault(
  auth: WebhookAuth,
  secrets: readonly string[],
  signed: Signed,
): string | null {
  switch (auth.kind) {
    case 'none':
      return null;
    case 'token':
      return tokenFault(auth, secrets, signed);
    case 'basic':
      return basicFault(auth, secrets, signed);
    case 'standard':
      return standardFault(auth, secrets, signed);
    case 'github':
      return githubFault(secrets, signed);
    case 'stripe':
      return stripeFault(auth, secrets, signed);
    case 'slack':
      return slackFault(auth, secrets, signed);
    case 'hmac':
      return hmacFault(auth, secrets, signed);
  }
}
