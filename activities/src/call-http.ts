import type { CallHttpInput, CallHttpResult } from '@crmflow/contracts';
import { type AttemptDeps, runAttempt } from './call/attempt.js';
import { CallError } from './call/call-error.js';
import type { Egress, EgressRequest } from './egress/egress.js';
import { authorize } from './http/authorize.js';
import { decodeBody } from './http/decode-body.js';
import { encodeRequest } from './http/encode-request.js';
import { statusError } from './http/status-error.js';
import { openSecret, type ReadSecret } from './secrets/read-secret.js';
import type { Redactor } from './secrets/redactor.js';
import { withoutSecret } from './secrets/without-secret.js';

/** What `callHttp` needs. */
export type CallHttpDeps = AttemptDeps & { egress: Egress; readSecret: ReadSecret };

type Cleaner = Pick<Redactor, 'text' | 'value'>;

const nothingToHide: Cleaner = { text: (text) => text, value: (value) => value };

async function send(
  deps: CallHttpDeps,
  input: CallHttpInput,
  request: EgressRequest,
  cleaner: Cleaner,
): Promise<CallHttpResult> {
  const response = await deps.egress.fetchThrough(request);
  if (response.status >= 400) throw statusError(input.method, response, deps.now(), cleaner.text);
  const contentType = response.headers['content-type'] ?? '';
  const body = input.wantBody ? cleaner.value(decodeBody(contentType, response.body)) : null;
  return { status: response.status, body, at: deps.now() };
}

async function sendWithKey(
  deps: CallHttpDeps,
  input: CallHttpInput,
  request: EgressRequest & { signal: AbortSignal },
): Promise<CallHttpResult> {
  const { runId, auth } = input;
  if (!auth) return send(deps, input, request, nothingToHide);
  const service = auth.secret;
  const found = await openSecret(deps.readSecret, { runId, service }, request.signal);
  if (!found) {
    throw new CallError(
      'key_missing',
      `The owner of this run has no key for "${service}": store one by that name, with the host that this node calls among its hosts.`,
      { retryable: false },
    );
  }
  const authorized = authorize(request, auth, found, deps.egress.isAllowed);
  try {
    return await send(deps, input, authorized.request, authorized.redactor);
  } catch (error) {
    request.signal.throwIfAborted();
    throw withoutSecret(error, authorized.redactor);
  }
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
      sendWithKey(deps, input, { ...encodeRequest(input), signal }),
    );
}
