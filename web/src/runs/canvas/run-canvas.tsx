import { computed, useComputed } from '@preact/signals';
import type { RunFlow, RunStatus } from '@crmflow/contracts';
import { useEffect, useMemo } from 'preact/hooks';
import { noOverlay, overlayOf, type RunOverlay } from '../../editor/canvas/run-overlay.js';
import { FlowView } from '../../editor/rete/flow-view.js';
import type { RunEvents } from '../run/run-events.js';
import type { WatchedRun } from '../../chat/watch-run.js';
import { CardNote } from './card-note.js';
import './run-canvas.css';

/**
 * How each node is marked on the canvas. A run that has ended runs nowhere, whatever its newest
 * events say.
 * @param active where the run is
 */
function marksOf(
  { nodes }: RunOverlay,
  status: RunStatus,
  active: { nodeId: string; state: string } | undefined,
): Map<string, string> {
  const marks = new Map([...nodes].map(([id, { state }]) => [id, state as string]));
  // A sleeping node tells no event of its own.
  if (active && status === 'waiting') marks.set(active.nodeId, 'waiting');
  return marks;
}

/** What a run on its flow takes. */
export type RunCanvasProps = {
  run: WatchedRun;
  log: RunEvents;
  flow: RunFlow;
  nodeId: string | undefined;
  onNode: (nodeId: string | undefined) => void;
};

/** The flow that a run executes with the way that the run has taken: lit where it is now. */
export function RunCanvas({ run, log, flow, nodeId, onNode }: RunCanvasProps) {
  useEffect(() => void log.earlier.all(), [log]);
  const { overlay, marks, taken, extra } = useMemo(() => {
    // The beginning counts too: before it is there, marks would tell half a story.
    const overlay = computed(() =>
      log.earlier.from.value > 0 ? noOverlay : overlayOf(log.events.value),
    );
    const status = computed(() => run.state.value?.progress.status ?? 'running');
    const active = computed(() => run.state.value?.progress.active);
    return {
      overlay,
      marks: computed(() => marksOf(overlay.value, status.value, active.value)),
      taken: computed(() => overlay.value.taken),
      extra: (id: string) => <CardNote state={run.state} overlay={overlay} nodeId={id} />,
    };
  }, [run, log]);
  const drawn = useMemo(
    () => ({
      name: flow.workflowName,
      description: '',
      variables: flow.variables,
      nodes: flow.nodes,
      edges: flow.edges,
    }),
    [flow],
  );
  const failure = useComputed(() => log.earlier.failure.value);
  return (
    <div class="run-canvas" data-nodes={overlay.value.nodes.size}>
      {failure.value && <p class="run-canvas-failure small">{failure.value}</p>}
      <FlowView
        flow={drawn}
        marks={marks}
        taken={taken}
        selected={nodeId}
        onSelect={onNode}
        extra={extra}
      />
    </div>
  );
}
