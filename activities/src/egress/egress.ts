import type { Readable } from 'node:stream';
import { Agent, request as send } from 'undici';
import { createDeadline, rejection } from '../call/deadline.js';
import { createAllowList } from '@crmflow/contracts/egress';
import { createConnector } from './connector.js';
import { EgressError, shownUrl } from './egress-error.js';
import { createCookies } from './cookies.js';
import { answeredAlready, networkFailure, timedOut } from './failure.js';
import { checkHeaders, flatHeaders, type Headers } from './headers.js';
import { acceptedEncodings, readBody } from './read-body.js';
import { type Hop, nextHop } from './redirect.js';
import { type Resolve, resolveBySystem } from './resolve.js';
import { parseTarget } from './target.js';

const isTooLarge = (error: unknown) =>
  error instanceof EgressError && error.code === 'http_too_large';

/** As many as browsers follow. */
const maxRedirects = 20;
const maxHeaderBytes = 16_384;
/** For the body of an answer whose status is enough. */
const soonMs = 2_000;

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
  /** Where it is false, a body that cannot be decoded is cut instead of an error. */
  isBodyWanted?: boolean | undefined;
  /**
   * Where the status is all that counts: a redirect is an answer and not followed, and of the body is kept
   * what fits and comes soon.
   */
  isStatusEnough?: boolean;
  /** Looks at each redirect before it is followed, and throws where it shall not be. */
  onRedirect?: (from: URL, to: URL) => void;
  /** Ends the request early; its reason is thrown. */
  signal?: AbortSignal;
};

/** What came back; `url` is the one that answered in the end. Header names are in lower case. */
export type EgressResponse = { status: number; url: string; headers: Headers; body: Uint8Array };

/** A request whose answer is read while it comes. */
export type EgressOpen = Pick<EgressRequest, 'method' | 'url' | 'headers' | 'body'> & {
  signal: AbortSignal;
};

/** An answer that is still coming; header names are in lower case. */
export type EgressOpened = { status: number; headers: Headers; body: Readable };

/** The way out. */
export type Egress = {
  /**
   * Sends a request, following redirects as browsers do, with the cookies that they set. Once a
   * service has answered a method that is not idempotent, no error is worth another attempt.
   * @throws EgressError with a code that says what went wrong, or what `onRedirect` throws
   */
  fetch(request: EgressRequest): Promise<EgressResponse>;
  /**
   * Sends a request and hands its body over as it comes, with no limit on its size or time: the caller
   * sets them. Redirects are not followed.
   * @throws EgressError
   */
  open(request: EgressOpen): Promise<EgressOpened>;
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

/** Methods that may be sent again: to do so once more changes nothing (RFC 9110, 9.2.2). */
const idempotent = new Set(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'TRACE']);

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

  async function follow(
    request: EgressRequest,
    signal: AbortSignal,
    onAnswer: (method: string) => void,
  ): Promise<EgressResponse> {
    const { method, url, body, isStatusEnough = false } = request;
    const cookies = createCookies();
    let hop: Hop = { method, url, headers: checkHeaders(request.headers ?? {}) };
    if (body !== undefined) hop.body = body;
    for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
      const target = parseTarget(hop.url, isAllowed);
      const response = await send(target, {
        dispatcher: agent,
        method: hop.method,
        headers: { ...cookies.withOwn(hop.headers, target), 'accept-encoding': acceptedEncodings },
        body: hop.body ?? null,
        signal,
      });
      onAnswer(hop.method);
      cookies.take(response.headers['set-cookie'], target);
      const headers = flatHeaders(response.headers);
      response.body.on('error', () => undefined);
      const next = isStatusEnough
        ? null
        : nextHop(hop, target, response.statusCode, headers['location']);
      if (!next) {
        const encoding = hasBody(hop.method, response.statusCode)
          ? headers['content-encoding']
          : undefined;
        const isError = response.statusCode >= 400;
        // The limit holds for every body of a success, whether anybody reads it or not.
        const isFailure = (error: unknown) =>
          !isError && !isStatusEnough && (request.isBodyWanted !== false || isTooLarge(error));
        const late = isStatusEnough && setTimeout(() => response.body.destroy(), soonMs);
        const bytes = await readBody(response.body, encoding, request.maxBytes, target, isFailure);
        if (late) clearTimeout(late);
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
      let isDone = false;
      const onAnswer = (method: string) => {
        isDone ||= !idempotent.has(method);
        if (request.isStatusEnough) deadline.extend();
      };
      try {
        // A request that waits for its connection does not heed its signal.
        const followed = follow(request, deadline.signal, onAnswer);
        return await Promise.race([followed, rejection(deadline.signal)]);
      } catch (error) {
        request.signal?.throwIfAborted();
        const failure = deadline.expired()
          ? timedOut(request.url, request.timeoutMs)
          : networkFailure(error, request.url);
        throw isDone ? answeredAlready(failure, request) : failure;
      } finally {
        deadline.end();
      }
    },
    async open({ method, url, headers = {}, body, signal }) {
      try {
        const response = await send(parseTarget(url, isAllowed), {
          ...{
            dispatcher: agent,
            method,
            headers: checkHeaders(headers),
            body: body ?? null,
            signal,
          },
        });
        const { statusCode: status } = response;
        return { status, headers: flatHeaders(response.headers), body: response.body };
      } catch (error) {
        signal.throwIfAborted();
        throw networkFailure(error, url);
      }
    },
    isAllowed,
    close: () => agent.destroy(),
  };
}
