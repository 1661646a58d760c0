import { CallError, type CallErrorOptions } from '../call/call-error.js';

/** How a request through the egress guard can fail. */
export type EgressCode =
  | 'egress_refused'
  | 'header_invalid'
  | 'http_timeout'
  | 'http_too_large'
  | 'http_failed'
  | 'http_redirects';

/** A request that the egress guard refused, or that failed on its way. */
export class EgressError extends CallError<EgressCode> {
  constructor(code: EgressCode, message: string, options: CallErrorOptions = { retryable: false }) {
    super(code, message, options);
    this.name = 'EgressError';
  }
}

const maxShown = 300;

/** A URL as errors show it: without its query, which may hold what nobody else should read. */
export function shownUrl(url: URL): string {
  const shown = `${url.origin}${url.pathname}`;
  return shown.length > maxShown ? `${shown.slice(0, maxShown)}…` : shown;
}
