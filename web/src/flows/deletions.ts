import type { FlowSummary } from '@crmflow/contracts';
import { effect, type ReadonlySignal, signal } from '@preact/signals';
import { asApiError } from '../api/as-api-error.js';
import { toast, toasts } from '../ui/toast/toast.js';
import { texts } from './flows-texts.js';

/** What deleting flows needs. */
export type DeletionDeps = {
  /** @param isLast the page is about to go: it must be sent all the same */
  remove: (id: string, isLast: boolean) => Promise<void>;
  /** Whether the page shows the flow, so that it is not to be deleted under somebody's hands. */
  isOpen: (id: string) => boolean;
};

type Named = Pick<FlowSummary, 'id' | 'name'>;

/**
 * Deletes flows such that nothing is lost by mistake: a flow is hidden at once, but deleted only
 * when nobody can undo it any more, that is when its toast goes. Until then it is whole on the
 * server, with its versions and runs. A page that goes sends what is due; where even that fails,
 * the flow is simply there again.
 */
export function createDeletions({ remove, isOpen }: DeletionDeps) {
  const hidden = signal<ReadonlySet<string>>(new Set());
  const due = new Map<string, () => Promise<void>>();
  const show = (id: string) => {
    hidden.value = new Set([...hidden.peek()].filter((one) => one !== id));
  };

  async function commit({ id, name }: Named, isLast: boolean): Promise<void> {
    if (isOpen(id)) {
      show(id);
      toast(texts.keptOpen(name));
      return;
    }
    try {
      await remove(id, isLast);
    } catch (error) {
      const { code, message } = asApiError(error);
      if (code === 'not_found') return;
      show(id);
      toast(texts.notDeleted(name, message), { kind: 'failed' });
    }
  }

  return {
    /** Flows that are deleted, or are about to be. */
    hidden: hidden as ReadonlySignal<ReadonlySet<string>>,
    /** Deletes a flow, unless it is undone. */
    remove(flow: Named): void {
      const { id } = flow;
      if (due.has(id)) return;
      hidden.value = new Set([...hidden.peek(), id]);
      const undo = () => {
        due.delete(id);
        show(id);
      };
      const action = { label: texts.undo, run: undo };
      const dismiss = toast(texts.deleted(flow.name), { action });
      const settle = async (isLast: boolean) => {
        if (!due.delete(id)) return;
        stop();
        dismiss();
        await commit(flow, isLast);
      };
      due.set(id, () => settle(true));
      const stop = effect(() => {
        if (toasts.value.some((one) => one.action === action)) return;
        // The toast goes before its action runs.
        queueMicrotask(() => void settle(false));
      });
    },
    /** Deletes now what is due: the page goes, or the session does. */
    async flush(): Promise<void> {
      await Promise.all([...due.values()].map((settle) => settle()));
    },
  };
}
