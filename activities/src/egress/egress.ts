import { Agent, request as send } from 'undici';
import { createDeadline, rejection } from '../call/deadline.js';
import { createAllowList } from '@crmflow/contracts/egress';
import { createConnector } from './connector.js';
import { EgressError, shownUrl } from './egress-error.js';
import { networkFailure, timedOut } from './failure.js';
import { checkHeaders, flatHeaders, type Headers } from './headers.js';
import { acceptedEncodings, readBody } from './read-body.js';
import { type Hop, nextHop } from './redirect.js';
import { type Resolve, resolveBySystem } from './resolve.js';
import { parseTarget } from './target.js';

const maxRedirects = 5;
const maxHeaderBytes = 16_384;

/** A request to a host that nobody vouches for. */
export type EgressRequest = {
  method: string;
  url: string;
  headers?: Headers;
  body?: string | Uint8Array;
  /** For all of it: names, connections, redirects, body. Milliseconds. */
  timeoutMs: number;
  /** Limit of the decoded response body. */
  maxBytes: number;
  /** Looks at each redirect before it is followed, and throws where it shall not be. */
  onRedirect?: (from: URL, to: URL) => void;
  /** Ends the request early; its reason is thrown. */
  signal?: AbortSignal;
};

/** What came back; `url` is the one that answered in the end. Header names are in lower case. */
export type EgressResponse = { status: number; url: string; headers: Headers; body: Uint8Array };

/** The way out. */
export type Egress = {
  /**
   * Sends a request, following up to five redirects.
   * @throws EgressError with a code that says what went wrong, or what `onRedirect` throws
   */
  fetch(request: EgressRequest): Promise<EgressResponse>;
  /** Whether the administrator opened the door to this host and port. */
  isAllowed(url: URL): boolean;
  /** Closes all connections. */
  close(): Promise<void>;
};

/** What the guard needs; `resolve` is the system's unless given. */
export type EgressDeps = {
  /** `host:port` entries that are not judged: CRMFLOW_EGRESS_ALLOW. */
  allow: readonly string[];
  resolve?: Resolve;
};

function hasBody(method: string, status: number): boolean {
  return method !== 'HEAD' && status !== 204 && status !== 304;
}

/**
 * Makes the guard for requests whose target a user chose: plain public addresses only, judged at
 * the moment of the connection and again on each redirect, with limits on time and size. It reads
 * no proxy settings from the environment.
 * @throws Error where an entry of `allow` is not a host and a port
 */
export function createEgress({ allow, resolve = resolveBySystem }: EgressDeps): Egress {
  const isAllowed = createAllowList(allow);
  const agent = new Agent({
    connect: createConnector(resolve, isAllowed),
    maxHeaderSize: maxHeaderBytes,
  });

  async function follow(request: EgressRequest, signal: AbortSignal): Promise<EgressResponse> {
    const { method, url, body } = request;
    let hop: Hop = { method, url, headers: checkHeaders(request.headers ?? {}) };
    if (body !== undefined) hop.body = body;
    for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
      const target = parseTarget(hop.url, isAllowed);
      const response = await send(target, {
        dispatcher: agent,
        method: hop.method,
        headers: { ...hop.headers, 'accept-encoding': acceptedEncodings },
        body: hop.body ?? null,
        signal,
      });
      const headers = flatHeaders(response.headers);
      response.body.on('error', () => undefined);
      const next = nextHop(hop, target, response.statusCode, headers['location']);
      if (!next) {
        const encoding = hasBody(hop.method, response.statusCode)
          ? headers['content-encoding']
          : undefined;
        const bytes = await readBody(response.body, encoding, request.maxBytes, target);
        return { status: response.statusCode, url: target.href, headers, body: bytes };
      }
      response.body.destroy();
      request.onRedirect?.(target, new URL(next.url));
      hop = next;
    }
    throw new EgressError(
      'http_redirects',
      `${shownUrl(new URL(url))} redirects more than ${maxRedirects} times. Use the final URL.`,
    );
  }

  return {
    async fetch(request) {
      const deadline = createDeadline(request.timeoutMs, request.signal);
      try {
        // A request that waits for its connection does not heed its signal.
        return await Promise.race([follow(request, deadline.signal), rejection(deadline.signal)]);
      } catch (error) {
        request.signal?.throwIfAborted();
        if (deadline.expired()) throw timedOut(request.url, request.timeoutMs);
        throw networkFailure(error, request.url);
      } finally {
        deadline.end();
      }
    },
    isAllowed,
    close: () => agent.destroy(),
  };
}
