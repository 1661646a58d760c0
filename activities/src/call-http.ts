import type { CallHttpInput, CallHttpResult } from '@crmflow/contracts';
import { type AttemptDeps, runAttempt } from './call/attempt.js';
import type { Egress } from './egress/egress.js';
import { decodeBody } from './http/decode-body.js';
import { encodeRequest } from './http/encode-request.js';
import { statusError } from './http/status-error.js';

/** What `callHttp` needs. */
export type CallHttpDeps = AttemptDeps & { egress: Egress };

/**
 * Makes the activity of integration nodes: one HTTP request through the egress guard, with the
 * same idempotency key on every attempt.
 *
 * It fails with the codes of `EgressError`, or `http_status` for a status of 400 and above; 408,
 * 425, 429, 5xx, time-outs and network faults are worth another attempt.
 */
export function createCallHttp(deps: CallHttpDeps) {
  return (input: CallHttpInput): Promise<CallHttpResult> =>
    runAttempt(deps, input, async ({ signal }) => {
      const response = await deps.egress.fetchThrough({ ...encodeRequest(input), signal });
      if (response.status >= 400) throw statusError(input.method, response, deps.now());
      const contentType = response.headers['content-type'] ?? '';
      const body = input.wantBody ? decodeBody(contentType, response.body) : null;
      return { status: response.status, body, at: deps.now() };
    });
}
