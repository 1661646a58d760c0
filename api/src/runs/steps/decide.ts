import type { CurrentNode } from '@crmflow/contracts';
import type { CommandSignal } from '@crmflow/workflows';
import { AppError } from '../../errors/app-error.js';
import type { Standing } from './standing.js';

type Unstamped<T> = T extends unknown ? Omit<T, 'at'> : never;

/** What a run is to be told, but for the stamp. */
export type Order = Unstamped<CommandSignal>;

/**
 * What a run that stands there is to be told.
 * @throws AppError `not_paused`, `not_paused_there`, `not_step_mode`
 */
export type Decide = (standing: Standing) => Order;

/** A visit to a node; what is left out is whichever is the current one. */
export type Place = { nodeId?: string | undefined; visit?: number | undefined };

function named({ nodeId, visit }: Place): string {
  if (nodeId === undefined) return `visit ${visit}`;
  return `"${nodeId}"${visit === undefined ? '' : ` (visit ${visit})`}`;
}

function isAt(node: CurrentNode, { nodeId, visit }: Place): boolean {
  return [undefined, node.nodeId].includes(nodeId) && [undefined, node.visit].includes(visit);
}

function doing({ node }: Standing): string {
  switch (node?.state) {
    case 'waiting':
      return `It is waiting for a reply at ${named(node)}.`;
    case 'sleeping':
      return `It is sleeping at ${named(node)}.`;
    case 'active':
      return `It is running ${named(node)}.`;
    default:
      return 'It is between two nodes.';
  }
}

function elsewhere(node: CurrentNode, wanted: Place): AppError {
  const detail = `The run is paused before ${named(node)}, not before ${named(wanted)}.`;
  const pausedBefore = { nodeId: node.nodeId, visit: node.visit };
  return new AppError('not_paused_there', detail, { extra: { pausedBefore } });
}

const isStepped = ({ mode, stepping }: Standing) => mode === 'step' || stepping;

function notPaused(standing: Standing): AppError {
  if (isStepped(standing)) {
    const detail = `The run is not paused. ${doing(standing)} Wait for \`run:paused\`.`;
    return new AppError('not_paused', detail);
  }
  const detail = `The run is in auto mode and not paused. ${doing(standing)} Start it with mode "step", or set pause points.`;
  return new AppError('not_step_mode', detail);
}

/** Where the run is paused, if that is the place that is meant. */
function requirePause(standing: Standing, wanted: Place): CurrentNode {
  const { node } = standing;
  if (node?.state !== 'paused') throw notPaused(standing);
  if (!isAt(node, wanted)) throw elsewhere(node, wanted);
  return node;
}

const placeOf = ({ nodeId, visit }: CurrentNode) => ({ nodeId, visit });

/** To run the node that it is paused before. */
export const execute =
  (wanted: Place): Decide =>
  (standing) => ({ kind: 'execute', ...placeOf(requirePause(standing, wanted)) });

/** To leave a node by its first handle: the one that it is paused before, or at which it waits. */
export const skip =
  (wanted: Place): Decide =>
  (standing) => {
    const { node } = standing;
    const waits = node?.state === 'waiting' || node?.state === 'sleeping';
    const leaves = waits && isStepped(standing) && isAt(node, wanted);
    return { kind: 'skip', ...placeOf(leaves ? node : requirePause(standing, wanted)) };
  };

/**
 * To run on to the next pause point. It is told from which pause, so that a second click does not
 * take it past the next one.
 */
export const runOn =
  (wanted: Place): Decide =>
  (standing) => {
    const anywhere = wanted.nodeId === undefined && wanted.visit === undefined;
    if (anywhere && standing.stepping && standing.node?.state !== 'paused') {
      return { kind: 'continue' };
    }
    return { kind: 'continue', ...placeOf(requirePause(standing, wanted)) };
  };
