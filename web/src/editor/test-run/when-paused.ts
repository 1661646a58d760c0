import { isFinal } from '@crmflow/contracts/kinds';
import { computed, effect } from '@preact/signals';
import type { WatchedRun } from '../../chat/watch-run.js';

/**
 * Waits until a run is paused before a node that is meant.
 * @returns false where it ends, cannot be followed or waits for something else before that
 */
export function whenPaused(
  { state, failure }: Pick<WatchedRun, 'state' | 'failure'>,
  isMeant: (nodeId: string) => boolean,
): Promise<boolean> {
  const outcome = computed((): boolean | undefined => {
    if (failure.value) return false;
    const { status, active } = state.value?.progress ?? {};
    if (status === undefined) return undefined;
    if (isFinal(status) || status === 'waiting') return false;
    return status === 'paused' && active && isMeant(active.nodeId) ? true : undefined;
  });
  return new Promise((resolve) => {
    const stop = effect(() => {
      const { value } = outcome;
      if (value === undefined) return;
      resolve(value);
      queueMicrotask(() => stop());
    });
  });
}
