import type { FlowSummary } from '@crmflow/contracts';
import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ApiError } from '../api/api-error.js';
import { asApiError } from '../api/as-api-error.js';
import { readFlowSummary } from '../api/flows.js';
import { enterFlow } from '../session/enter-flow.js';
import { workspace } from '../session/workspace.js';
import { texts } from '../texts.js';

/** A flow by a link, which may lead into another workspace than the one that this tab shows. */
async function find(id: string): Promise<FlowSummary> {
  const found = await readFlowSummary(id);
  if (found) return found;
  const before = workspace.peek()?.id;
  await enterFlow(id);
  const there = workspace.peek()?.id === before ? undefined : await readFlowSummary(id);
  if (!there) throw new ApiError('not_found', texts.notFound.text);
  return there;
}

/** What is known of a flow by those who see its pages. */
export type WatchedSummary = {
  summary: ReadonlySignal<FlowSummary | undefined>;
  failure: ReadonlySignal<ApiError | undefined>;
  reload: () => Promise<void>;
};

/** Reads what a flow is called and what of it is published. */
export function useFlowSummary(id: string): WatchedSummary {
  const summary = useSignal<FlowSummary | undefined>(undefined);
  const failure = useSignal<ApiError | undefined>(undefined);
  const reload = async () => {
    failure.value = undefined;
    try {
      summary.value = await find(id);
    } catch (error) {
      failure.value = asApiError(error);
    }
  };
  useEffect(() => {
    if (summary.peek()?.id !== id) summary.value = undefined;
    void reload();
  }, [id]);
  return { summary, failure, reload };
}
