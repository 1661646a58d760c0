import type { SecretFound } from '@crmflow/db';
import { CallError } from '../call/call-error.js';
import { readPatiently } from '../call/read-patiently.js';

/** Opens the key that the owner of a run stored for a service. */
export type ReadSecret = (runId: string, service: string) => Promise<SecretFound>;

/** A key in the hands of the one call that needs it. */
export type OpenSecret = { secret: string; hosts: string[] };

/**
 * Reads a key, waiting for the database where it is away.
 * @returns null where the owner has none for the service
 * @throws CallError `key_unreadable`, which another worker may know the encryption key for
 */
export async function openStored(
  read: () => Promise<SecretFound>,
  service: string,
  signal: AbortSignal,
): Promise<OpenSecret | null> {
  const found = await readPatiently(read, signal);
  if (found === 'missing') return null;
  if (found !== 'sealed') return found;
  throw new CallError(
    'key_unreadable',
    `The key for "${service}" was encrypted by another ENCRYPTION_KEY: store it again, or have the operator add that one to ENCRYPTION_KEY_PREVIOUS.`,
    { retryable: true },
  );
}

/** As `openStored`, a key of whoever owns a run. */
export function openSecret(
  readSecret: ReadSecret,
  { runId, service }: { runId: string; service: string },
  signal: AbortSignal,
): Promise<OpenSecret | null> {
  return openStored(() => readSecret(runId, service), service, signal);
}
