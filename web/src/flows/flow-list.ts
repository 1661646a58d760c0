import type { WorkflowSummary } from '@crmflow/contracts';
import { batch, signal } from '@preact/signals';
import type { ApiError } from '../api/api-error.js';
import { asApiError } from '../api/as-api-error.js';
import { listWorkflows } from '../api/workflows.js';

/** The signed-in user's flows, as far as they are loaded. */
export function createFlowList() {
  const items = signal<readonly WorkflowSummary[]>([]);
  const state = signal<'loading' | 'ready' | 'failed'>('loading');
  const failure = signal<ApiError | undefined>(undefined);
  const nextCursor = signal<string | null>(null);

  async function load(cursor: string | null): Promise<void> {
    state.value = 'loading';
    try {
      const page = await listWorkflows(cursor);
      batch(() => {
        items.value = cursor === null ? page.items : [...items.value, ...page.items];
        nextCursor.value = page.nextCursor;
        state.value = 'ready';
      });
    } catch (error) {
      batch(() => {
        failure.value = asApiError(error);
        state.value = 'failed';
      });
    }
  }

  return {
    items,
    state,
    failure,
    nextCursor,
    reload: () => load(null),
    more: () => load(nextCursor.peek()),
  };
}
