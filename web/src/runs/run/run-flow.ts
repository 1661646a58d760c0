import type { NodeType, RunFlow, RunVersion } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { asApiError } from '../../api/as-api-error.js';
import { readRunFlow } from '../../api/runs.js';

/** The flow that a run executes, as far as it is known. */
export type KnownRunFlow = {
  flow: RunFlow | undefined;
  /** Why it cannot be shown; empty where it can. */
  failure: string;
  labelOf(nodeId: string): string;
  typeOf(nodeId: string): NodeType | undefined;
};

/** Gets the flow that a run executes, and again after it has moved to another version. */
export function useRunFlow(runId: string, version: RunVersion | undefined): KnownRunFlow {
  const flow = useSignal<RunFlow | undefined>(undefined);
  const failure = useSignal('');
  useEffect(() => {
    if (version === undefined) return;
    let isGone = false;
    readRunFlow(runId).then(
      (read) => {
        if (isGone) return;
        flow.value = read;
        failure.value = '';
      },
      (error: unknown) => {
        if (!isGone) failure.value = asApiError(error).message;
      },
    );
    return () => {
      isGone = true;
    };
  }, [runId, version]);
  const { value } = flow;
  const nodes = useMemo(() => new Map(value?.nodes.map((node) => [node.id, node])), [value]);
  return {
    flow: value,
    failure: failure.value,
    labelOf: (nodeId) => nodes.get(nodeId)?.label || nodeId,
    typeOf: (nodeId) => nodes.get(nodeId)?.type,
  };
}
