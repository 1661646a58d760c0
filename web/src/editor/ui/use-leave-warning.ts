import { useEffect } from 'preact/hooks';
import type { AutoSave } from '../save/auto-save.js';

/** Asks those who leave the page while something is not saved yet. */
export function useLeaveWarning(saving: AutoSave): void {
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (saving.status.peek().kind !== 'saved') event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [saving]);
}
