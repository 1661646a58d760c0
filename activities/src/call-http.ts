import type { CallHttpInput, CallHttpResult } from '@crmflow/contracts';
import { type AttemptDeps, runAttempt } from './call/attempt.js';
import type { Egress, EgressRequest } from './egress/egress.js';
import { decodeBody } from './http/decode-body.js';
import { encodeRequest } from './http/encode-request.js';
import { type Cleaner, sendWithKey } from './http/send-with-key.js';
import { statusError } from './http/status-error.js';
import type { ReadSecret } from './secrets/read-secret.js';

/** What `callHttp` needs. */
export type CallHttpDeps = AttemptDeps & { egress: Egress; readSecret: ReadSecret };

async function send(
  deps: CallHttpDeps,
  input: CallHttpInput,
  request: EgressRequest,
  cleaner: Cleaner,
): Promise<CallHttpResult> {
  const response = await deps.egress.fetch(request);
  if (response.status >= 400) throw statusError(input.method, response, deps.now(), cleaner.text);
  const contentType = response.headers['content-type'] ?? '';
  const body = input.wantBody ? cleaner.value(decodeBody(contentType, response.body)) : null;
  return { status: response.status, body, at: deps.now() };
}

/**
 * Makes the activity of integration nodes: one HTTP request through the egress guard, with the
 * same idempotency key on every attempt. Where the node names a stored key, it is opened here and
 * taken out of the answer and of errors, should the service repeat it.
 *
 * It fails with the codes of `EgressError` and of keys (`key_…`), or `http_status` for a status of
 * 400 and above; 408, 425, 429, 5xx, time-outs and network faults are worth another attempt.
 */
export function createCallHttp(deps: CallHttpDeps) {
  return (input: CallHttpInput): Promise<CallHttpResult> =>
    runAttempt(deps, input, ({ signal }) =>
      sendWithKey(
        deps.egress,
        (service) => deps.readSecret(input.runId, service),
        { auth: input.auth, request: { ...encodeRequest(input), signal } },
        (request, cleaner) => send(deps, input, request, cleaner),
      ),
    );
}
