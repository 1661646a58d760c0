import type { FlowSummary } from '@crmflow/contracts';
import { computed, type ReadonlySignal } from '@preact/signals';
import { createPagedList, type ReadPage } from '../api/paged-list.js';

/**
 * The flows that the dashboard lists.
 * @param hidden ids that are not shown, whatever the server says
 */
export function createFlowList(
  read: ReadPage<FlowSummary>,
  hidden: ReadonlySignal<ReadonlySet<string>>,
) {
  const list = createPagedList(read);
  const items = computed(() => list.items.value.filter(({ id }) => !hidden.value.has(id)));
  return { ...list, items };
}

/** The flows that the dashboard lists. */
export type FlowList = ReturnType<typeof createFlowList>;
