import type { FlowNode, RunSnapshot } from '@crmflow/contracts';
import { isKind } from '@crmflow/contracts/nodes';
import { useSignal } from '@preact/signals';
import { Workflow } from 'lucide';
import { useEffect } from 'preact/hooks';
import { readRun } from '../../api/runs.js';
import { texts as shared } from '../../texts.js';
import { Icon } from '../../ui/icon.js';
import { texts } from '../runs-texts.js';
import type { KnownRunFlow } from './run-flow.js';

type Related = Pick<RunSnapshot, 'parent' | 'children'>;

/** More of them would take the place of the conversation. */
const shown = 3;
/** No event of a run tells of the runs that it starts. */
const everyMs = 3_000;

/** Reads the runs that a run has started, again and again while it can start more. */
function useRelated(runId: string, known: Related, mayChange: boolean): Related {
  const related = useSignal(known);
  useEffect(() => {
    let isGone = false;
    const read = () =>
      void readRun(runId).then(
        (snapshot) => {
          if (!isGone) related.value = snapshot;
        },
        // What is known stays, and the next one may succeed.
        () => undefined,
      );
    read();
    const timer = mayChange ? setInterval(read, everyMs) : undefined;
    return () => {
      isGone = true;
      clearInterval(timer);
    };
  }, [runId, mayChange, related]);
  return related.value;
}

/** Leads from a run to the one that started it, and to those that it has started. */
export function RelatedRuns({
  snapshot,
  flow: { flow, labelOf },
  isOver,
}: {
  snapshot: RunSnapshot;
  flow: KnownRunFlow;
  isOver: boolean;
}) {
  const starts = flow?.nodes.some((node) => isKind(node as FlowNode, 'flow')) ?? false;
  const { parent, children = [] } = useRelated(snapshot.runId, snapshot, starts && !isOver);
  if (!parent && children.length === 0) return null;
  return (
    <>
      {parent && (
        <p class="run-origin small">
          <Icon of={Workflow} size={14} />
          <a
            href={`/runs/${encodeURIComponent(parent.runId)}?view=timeline&node=${encodeURIComponent(parent.nodeId)}`}
          >
            {texts.related.startedBy}
          </a>
        </p>
      )}
      {children.slice(0, shown).map(({ runId, workflowName, nodeId, status }) => (
        <p key={runId} class="run-origin small">
          <Icon of={Workflow} size={14} />
          <a href={`/runs/${encodeURIComponent(runId)}`}>{workflowName}</a>
          <span class="muted">{texts.related.at(labelOf(nodeId), shared.runStatuses[status])}</span>
        </p>
      ))}
      {children.length > shown && (
        <p class="run-origin small muted">{texts.related.more(children.length - shown)}</p>
      )}
    </>
  );
}
