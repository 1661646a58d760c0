import type { SecretFound } from '@crmflow/db';
import { CallError } from '../call/call-error.js';

/** A key in the hands of the one call that needs it. */
export type OpenSecret = { secret: string; hosts: string[] };

/**
 * A stored key that was looked up.
 * @returns null where there is none for the service
 * @throws CallError `key_unreadable`, which another process may know the encryption key for
 */
export function opened(found: SecretFound, service: string): OpenSecret | null {
  if (found === 'missing') return null;
  if (found !== 'sealed') return found;
  throw new CallError(
    'key_unreadable',
    `The key for "${service}" was encrypted with another ENCRYPTION_KEY. Store it again, or ask the administrator to add that key to ENCRYPTION_KEY_PREVIOUS.`,
    { retryable: true },
  );
}
