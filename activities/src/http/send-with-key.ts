import type { CallAuth } from '@crmflow/contracts';
import type { SecretFound } from '@crmflow/db';
import { CallError } from '../call/call-error.js';
import type { Egress, EgressRequest } from '../egress/egress.js';
import { openStored } from '../secrets/read-secret.js';
import type { Redactor } from '../secrets/redactor.js';
import { withoutSecret } from '../secrets/without-secret.js';
import { authorize } from './authorize.js';

/** Takes a key out of all that a service sends back. */
export type Cleaner = Pick<Redactor, 'text' | 'value'>;

const nothingToHide: Cleaner = { text: (text) => text, value: (value) => value };

/**
 * Sends a request, with a stored key where the node names one. The key is opened here, and taken
 * out of errors; `send` takes it out of what it makes of the answer.
 * @param readSecret opens the key that the owner stored for a service
 * @throws CallError with the codes of keys (`key_…`), and whatever `send` throws
 */
export async function sendWithKey<T>(
  egress: Pick<Egress, 'isAllowed'>,
  readSecret: (service: string) => Promise<SecretFound>,
  {
    auth,
    request,
  }: { auth: CallAuth | undefined; request: EgressRequest & { signal: AbortSignal } },
  send: (request: EgressRequest, cleaner: Cleaner) => Promise<T>,
): Promise<T> {
  if (!auth) return send(request, nothingToHide);
  const service = auth.secret;
  const found = await openStored(() => readSecret(service), service, request.signal);
  if (!found) {
    throw new CallError(
      'key_missing',
      `The owner of this flow has no key for "${service}". Store one with this name, and add the host of this node to its hosts.`,
      { retryable: false },
    );
  }
  const authorized = authorize(request, auth, found, egress.isAllowed);
  try {
    return await send(authorized.request, authorized.redactor);
  } catch (error) {
    request.signal.throwIfAborted();
    throw withoutSecret(error, authorized.redactor);
  }
}
