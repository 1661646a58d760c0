import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

/**
 * Fetches something that the rest works without, again whenever its key changes; what was known stays
 * until then.
 */
export function useFetched<T>(key: string, fetch: () => Promise<T>): T | undefined {
  const value = useSignal<T | undefined>(undefined);
  useEffect(() => {
    let isGone = false;
    fetch().then(
      (found) => {
        if (!isGone) value.value = found;
      },
      () => undefined,
    );
    return () => {
      isGone = true;
    };
  }, [key]);
  return value.value;
}
