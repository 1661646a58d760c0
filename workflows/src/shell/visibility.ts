import { type RunView, isFinal } from '@crmflow/contracts';
import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import type { Program, Suspension } from '../core/index.js';
import { runAttributes } from '../search-attributes.js';

/** Updates what the Temporal UI shows of a run. */
export type UpdateVisibility = (program: Program, view: RunView) => void;

/** An upsert costs as much as a node: only where a run stays, and where it ended. */
const stays = ({ status }: RunView) =>
  status === 'waiting' || status === 'paused' || isFinal(status);

/** The name of a node for the Temporal UI, as it is on the canvas. */
function nodeName(program: Program, nodeId: string): string {
  return program.nodes.get(nodeId)?.label || nodeId;
}

/** How the Temporal UI names the timer of a wait. */
export function timerAt(program: Program, position: Suspension) {
  const { kind, nodeId } = position;
  const name = nodeName(program, nodeId);
  if (kind === 'reply' && position.isForCallback)
    return { summary: `Wait for a callback: ${name}` };
  if (kind === 'handoff') return { summary: `Wait for a person: ${name}` };
  return { summary: `${kind === 'sleep' ? 'Sleep' : 'Wait for a reply'}: ${name}` };
}

/**
 * Keeps the current details and search attributes of a run's workflow up to date. No message text
 * goes there.
 * @param isSearchable whether this Temporal knows the search attributes: upserting an unknown one
 *   would block the run
 */
export function createVisibility(isSearchable: boolean): UpdateVisibility {
  let shown = '';
  return (program, view) => {
    if (!stays(view)) return;
    const { status } = view;
    const node = view.currentNodes[0]?.nodeId;
    if (shown === `${status} ${node}`) return;
    shown = `${status} ${node}`;
    setCurrentDetails(node ? `${status} at ${nodeName(program, node)}` : status);
    if (!isSearchable) return;
    upsertSearchAttributes([
      { key: runAttributes.status, value: status },
      { key: runAttributes.node, value: node ?? null },
    ]);
  };
}
