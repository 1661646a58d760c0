import type { SecretFound } from '@crmflow/db';
import { readWithRetry } from '../call/read-with-retry.js';
import { opened, type OpenSecret } from './opened.js';

/** Opens the key that the owner of a run stored for a service. */
export type ReadSecret = (runId: string, service: string) => Promise<SecretFound>;

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
  return opened(await readWithRetry(read, signal), service);
}
