import type { CallAuth } from '@crmflow/contracts';
import { CallError } from '../call/call-error.js';
import { EgressError, shownUrl } from '../egress/egress-error.js';
import type { EgressRequest } from '../egress/egress.js';
import { isAllowedHost } from '../secrets/allowed-host.js';
import type { OpenSecret } from '../secrets/opened.js';
import { createRedactor, type Redactor } from '../secrets/redactor.js';

const final = { retryable: false };

/** A request that carries a key, and what takes the key out of all that comes back. */
export type Authorized = { request: EgressRequest; redactor: Redactor };

function targetOf(url: string): URL {
  if (URL.canParse(url)) return new URL(url);
  throw new EgressError('egress_refused', 'The URL of a request with a key is not valid.');
}

function checkTarget(url: URL, service: string, hosts: string[], isVouchedFor: boolean): void {
  if (!isAllowedHost(hosts, url)) {
    const known = hosts.length > 0 ? hosts.join(', ') : 'no host at all';
    throw new CallError(
      'key_host_refused',
      `The key for "${service}" cannot be sent to ${url.host}, only to ${known}. To allow it, store the key again and add this host.`,
      final,
    );
  }
  if (url.protocol === 'https:' || isVouchedFor) return;
  throw new CallError(
    'key_needs_https',
    `The key for "${service}" is not sent to ${shownUrl(url)} without encryption. Use https.`,
    final,
  );
}

function carrying(request: EgressRequest, url: URL, auth: CallAuth, secret: string): EgressRequest {
  if (auth.in === 'query') {
    const parameter = new URLSearchParams({ [auth.name ?? '']: secret }).toString();
    const whole = new URL(url);
    whole.search = whole.search.length > 1 ? `${whole.search}&${parameter}` : parameter;
    return { ...request, url: whole.href };
  }
  const isBearer = auth.in === 'bearer';
  const name = isBearer ? 'authorization' : (auth.name ?? '').toLowerCase();
  if (name === 'idempotency-key') {
    throw new EgressError('header_invalid', 'The header Idempotency-Key cannot hold a key.');
  }
  const headers = { ...request.headers, [name]: isBearer ? `Bearer ${secret}` : secret };
  return { ...request, headers };
}

/**
 * Puts a stored key into a request. It goes to the key's own hosts only, over https unless the
 * operator opened the door to that host and port. A redirect to another origin is followed without
 * it, and not at all where its address has the key in it.
 * @param isVouchedFor whether the administrator lets requests to a URL through unchecked
 * @throws CallError `key_host_refused`, `key_needs_https`, `egress_refused`, `header_invalid`
 */
export function authorize(
  request: EgressRequest,
  auth: CallAuth,
  { secret, hosts }: OpenSecret,
  isVouchedFor: (url: URL) => boolean,
): Authorized {
  const url = targetOf(request.url);
  checkTarget(url, auth.secret, hosts, isVouchedFor(url));
  const redactor = createRedactor(secret);
  const onRedirect = (from: URL, to: URL) => {
    if (to.origin === from.origin || !redactor.finds(to.href)) return;
    throw new CallError(
      'key_redirected',
      `${from.origin} redirects to ${to.origin} with the key for "${auth.secret}" in the URL, so the redirect was not followed.`,
      final,
    );
  };
  return { request: { ...carrying(request, url, auth, secret), onRedirect }, redactor };
}
