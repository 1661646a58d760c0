import { EgressError } from './egress-error.js';

/** Headers by name. */
export type Headers = { [name: string]: string };

const ours = new Set([
  'accept-encoding',
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** What another host may see of a request that was redirected to it; all else may be a secret. */
const harmless = new Set([
  'accept',
  'accept-language',
  'content-language',
  'content-type',
  'idempotency-key',
  'user-agent',
]);

/**
 * Brings header names into lower case and refuses what would break the request apart.
 * @throws EgressError `header_invalid`
 */
export function checkHeaders(headers: Headers): Headers {
  const checked: Headers = {};
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase();
    if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(lower)) {
      throw new EgressError('header_invalid', `"${name}" is not a valid HTTP header name.`);
    }
    if (ours.has(lower)) {
      throw new EgressError('header_invalid', `The header ${name} is set by CRMFlow. Remove it.`);
    }
    if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
      throw new EgressError(
        'header_invalid',
        `The header ${name} contains a line break or a character that HTTP headers do not allow. Percent-encode its value.`,
      );
    }
    checked[lower] = value;
  }
  return checked;
}

/** The headers that may follow a redirect to another origin. */
export function harmlessHeaders(headers: Headers): Headers {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => harmless.has(name)));
}

/** The headers without those that describe a body. */
export function withoutBodyHeaders(headers: Headers): Headers {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !name.startsWith('content-')),
  );
}

/** Response headers with one text each. */
export function flatHeaders(headers: { [name: string]: string | string[] | undefined }): Headers {
  const flat: Headers = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}
