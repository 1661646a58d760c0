import { useEffect } from 'preact/hooks';

/** How long what is looked at may be behind. */
const usualMs = 5_000;

/**
 * Looks again and again while somebody sees the page, and at once when they come back to it.
 * @param everyMs how long to wait in between
 */
export function useLook(look: () => Promise<void>, everyMs = usualMs): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isGone = false;
    const next = () => {
      clearTimeout(timer);
      if (isGone || document.visibilityState === 'hidden') return;
      timer = setTimeout(() => void look().finally(next), everyMs);
    };
    const onChange = () => {
      if (document.visibilityState === 'visible') void look().finally(next);
    };
    next();
    document.addEventListener('visibilitychange', onChange);
    return () => {
      isGone = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onChange);
    };
  }, [look, everyMs]);
}
