import { CallError } from '../call/call-error.js';
import { EgressError, shownUrl } from './egress-error.js';

const timeouts = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ETIMEDOUT',
]);

const words: { [code: string]: string } = {
  ENOTFOUND: 'the host name does not exist. Check the spelling',
  EAI_AGAIN: 'the DNS server did not respond',
  ECONNREFUSED: 'the host refused the connection on this port',
  ECONNRESET: 'the connection was closed',
  EPIPE: 'the connection was closed',
  UND_ERR_SOCKET: 'the connection was closed',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  UND_ERR_CONNECT_TIMEOUT: 'the connection timed out',
  ETIMEDOUT: 'the connection timed out',
  UND_ERR_HEADERS_OVERFLOW: 'the response headers are too large',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by an unknown authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate cannot be verified',
};

function codeOf(error: unknown): string {
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  if (typeof code === 'string') return code;
  return cause === undefined || cause === null ? '' : codeOf(cause);
}

function shown(url: string): string {
  return URL.canParse(url) ? shownUrl(new URL(url)) : url;
}

/** The error for a request that did not end in time. */
export function timedOut(url: string, ms: number): EgressError {
  return new EgressError(
    'http_timeout',
    `${shown(url)} did not respond within ${ms / 1000} s. Increase the timeout of the node, or make the service faster.`,
    { retryable: true },
  );
}

/**
 * The same failure of a request that its service has answered: it may have done what was asked, so
 * that nothing may be sent again.
 */
export function answeredAlready(
  { code, message }: CallError,
  { method, url }: { method: string; url: string },
): CallError {
  const note = `${shown(url)} has answered, so the ${method} request is not sent again.`;
  return new CallError(code, `${message} ${note}`, { retryable: false });
}

/** Whether the answer came whole, and only what is in it cannot be decoded. */
const isUndecodable = (code: string) =>
  code === 'Z_DATA_ERROR' || code.startsWith('ERR__ERROR_FORMAT');

/** Puts what the network stack threw into words; what has words already stays as it is. */
export function networkFailure(error: unknown, url: string): CallError {
  if (error instanceof CallError) return error as CallError;
  const code = codeOf(error);
  const text = error instanceof Error ? error.message : String(error);
  if (isUndecodable(code)) {
    const message = `The answer of ${shown(url)} is not in the content encoding that it names. Ask the service to send none.`;
    return new EgressError('http_failed', message);
  }
  const reason =
    words[code] ?? ([code, text].filter((part) => part !== '').join(': ') || 'unknown');
  return new EgressError(
    timeouts.has(code) ? 'http_timeout' : 'http_failed',
    `Cannot connect to ${shown(url)}: ${reason}.`,
    { retryable: true },
  );
}
