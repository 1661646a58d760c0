import type { FieldError } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { loadFlow } from '../api/flows.js';
import { Faults } from '../ui/faults.js';

type Props = { flowId: string; errors: readonly FieldError[] };

/** Says errors with nodes and fields called as in the studio; its words are fetched only for that. */
async function nameFaults({ flowId, errors }: Props): Promise<ComponentChildren> {
  const [{ NodeFaults }, { loadEditorTexts }, { nodes }] = await Promise.all([
    import('../editor/issues/node-faults.js'),
    import('../editor/editor-texts.js'),
    loadFlow(flowId),
  ]);
  await loadEditorTexts();
  const byId = new Map(nodes.map((node) => [node.id, node]));
  return <NodeFaults errors={errors} nodeOf={(id) => byId.get(id)} />;
}

/** Why a flow of the list cannot run. */
export function FlowFaults({ flowId, errors }: Props) {
  const shown = useSignal<ComponentChildren>(<span class="spinner" />);
  useEffect(() => {
    const isOfNodes = errors.some(({ nodeId }) => nodeId !== undefined);
    const plain = <Faults errors={errors} />;
    if (!isOfNodes) shown.value = plain;
    else {
      nameFaults({ flowId, errors }).then(
        (named) => (shown.value = named),
        () => (shown.value = plain),
      );
    }
  }, [flowId, errors]);
  return <>{shown.value}</>;
}
