import { useEffect } from 'preact/hooks';

/** How long a list that is looked at may be behind. */
const everyMs = 5_000;

/** Looks again and again while somebody sees the page, and at once when they come back to it. */
export function useLook(look: () => Promise<void>): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const next = () => {
      clearTimeout(timer);
      if (document.visibilityState === 'hidden') return;
      timer = setTimeout(() => void look().finally(next), everyMs);
    };
    const onChange = () => {
      if (document.visibilityState === 'visible') void look().finally(next);
    };
    next();
    document.addEventListener('visibilitychange', onChange);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onChange);
    };
  }, [look]);
}
