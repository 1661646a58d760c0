import { useEffect } from 'preact/hooks';
import type { AutoSave } from '../save/auto-save.js';

/**
 * Asks those who leave the page while something is not saved yet, and has the device keep it in
 * case they go.
 */
export function useLeaveWarning(saving: AutoSave): void {
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (saving.state.peek().kind === 'saved') return;
      event.preventDefault();
      void saving.keep();
    };
    /** Of a page that is not seen any more, phones may not say that they end it. */
    const hide = () => {
      if (document.visibilityState === 'hidden') void saving.flush();
    };
    window.addEventListener('beforeunload', warn);
    document.addEventListener('visibilitychange', hide);
    return () => {
      window.removeEventListener('beforeunload', warn);
      document.removeEventListener('visibilitychange', hide);
    };
  }, [saving]);
}
