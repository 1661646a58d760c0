import type { Page, WorkflowSummary } from '@crmflow/contracts';
import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import type { ApiError } from '../api/api-error.js';
import { asApiError } from '../api/as-api-error.js';

/** Reads a page of flows. */
export type ReadFlows = (
  params: Record<string, string>,
  cursor: string | null,
) => Promise<Page<WorkflowSummary>>;

/**
 * The flows that the dashboard lists, as far as they are loaded. The answer to a question that
 * was asked before the last one changes nothing.
 * @param hidden ids that are not shown, whatever the server says
 */
export function createFlowList(read: ReadFlows, hidden: ReadonlySignal<ReadonlySet<string>>) {
  const loaded = signal<readonly WorkflowSummary[]>([]);
  const state = signal<'loading' | 'ready' | 'failed'>('loading');
  const failure = signal<ApiError | undefined>(undefined);
  const nextCursor = signal<string | null>(null);
  let asked: Record<string, string> = {};
  let turn = 0;

  async function load(cursor: string | null): Promise<void> {
    const mine = ++turn;
    state.value = 'loading';
    try {
      const page = await read(asked, cursor);
      if (mine !== turn) return;
      batch(() => {
        const known = new Set(cursor === null ? [] : loaded.value.map(({ id }) => id));
        const fresh = page.items.filter(({ id }) => !known.has(id));
        loaded.value = cursor === null ? fresh : [...loaded.value, ...fresh];
        nextCursor.value = page.nextCursor;
        state.value = 'ready';
      });
    } catch (error) {
      if (mine !== turn) return;
      batch(() => {
        failure.value = asApiError(error);
        state.value = 'failed';
      });
    }
  }

  return {
    items: computed(() => loaded.value.filter(({ id }) => !hidden.value.has(id))),
    state: state as ReadonlySignal<'loading' | 'ready' | 'failed'>,
    failure: failure as ReadonlySignal<ApiError | undefined>,
    nextCursor: nextCursor as ReadonlySignal<string | null>,
    /** Lists what fits. @param params of the API */
    show(params: Record<string, string>): Promise<void> {
      asked = params;
      return load(null);
    },
    reload: () => load(null),
    more: () => load(nextCursor.peek()),
    /** Shows a flow otherwise than it was loaded. */
    patch(id: string, fields: Partial<WorkflowSummary>): void {
      loaded.value = loaded.peek().map((flow) => (flow.id === id ? { ...flow, ...fields } : flow));
    },
  };
}

/** The flows that the dashboard lists. */
export type FlowList = ReturnType<typeof createFlowList>;
