import type { Key, Page } from '@crmflow/contracts';
import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { asApiError } from '../../../api/as-api-error.js';
import { request } from '../../../api/request.js';

/** The stored keys of the signed-in user. */
export type Keys = { keys: readonly Key[] | undefined; failure: string };

/** Reads the stored keys, and again when one comes back from storing another. */
export function useKeys(): ReadonlySignal<Keys> {
  const known = useSignal<Keys>({ keys: undefined, failure: '' });
  useEffect(() => {
    const read = async () => {
      try {
        const { items } = await request<Page<Key>>('/api/keys?limit=100');
        known.value = { keys: items, failure: '' };
      } catch (error) {
        known.value = { ...known.peek(), failure: asApiError(error).message };
      }
    };
    void read();
    const again = () => void read();
    window.addEventListener('focus', again);
    return () => window.removeEventListener('focus', again);
  }, [known]);
  return known;
}
