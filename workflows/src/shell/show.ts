import { type RunView, isFinal } from '@crmflow/contracts';
import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import type { Program, Suspension } from '../core/index.js';
import { runAttributes } from '../search-attributes.js';

/** Shows operators where a run stands. */
export type Show = (program: Program, view: RunView) => void;

/** An upsert costs as much as a node: only where a run stays, and where it ended. */
const stays = ({ status }: RunView) =>
  status === 'waiting' || status === 'paused' || isFinal(status);

/** The name of a node for the Temporal UI, as it is on the canvas. */
export function nameOf(program: Program, nodeId: string): string {
  return program.nodes.get(nodeId)?.label || nodeId;
}

/** How the Temporal UI names the timer of a wait. */
export function timerAt(program: Program, { kind, nodeId }: Suspension) {
  return {
    summary: `${kind === 'sleep' ? 'Sleep' : 'Wait for a reply'}: ${nameOf(program, nodeId)}`,
  };
}

/**
 * Shows in Temporal where a run stands; nothing of what was said.
 * @param isSearchable whether its Temporal knows the search attributes: upserting one that it does
 *   not know would make the run stand still
 */
export function createShow(isSearchable: boolean): Show {
  let shown = '';
  return (program, view) => {
    if (!stays(view)) return;
    const { status } = view;
    const node = view.currentNodes[0]?.nodeId;
    if (shown === `${status} ${node}`) return;
    shown = `${status} ${node}`;
    setCurrentDetails(node ? `${status} at ${nameOf(program, node)}` : status);
    if (!isSearchable) return;
    upsertSearchAttributes([
      { key: runAttributes.status, value: status },
      { key: runAttributes.node, value: node ?? null },
    ]);
  };
}
