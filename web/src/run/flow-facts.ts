import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { readWorkflow } from '../api/workflows.js';

/** What a run page needs to know of its flow. */
export type FlowFacts = { name: string; labels: ReadonlyMap<string, string> };

/** The flow's name and its nodes' labels. A deleted flow has none; its runs are shown all the same. */
export function useFlowFacts(workflowId: string | undefined): FlowFacts {
  const facts = useSignal<FlowFacts>({ name: '', labels: new Map() });
  useEffect(() => {
    if (workflowId === undefined) return;
    readWorkflow(workflowId).then(
      ({ name, nodes }) => {
        facts.value = { name, labels: new Map(nodes.map(({ id, label }) => [id, label])) };
      },
      () => undefined,
    );
  }, [workflowId, facts]);
  return facts.value;
}
