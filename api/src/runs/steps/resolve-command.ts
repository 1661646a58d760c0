import type { CurrentNode } from '@crmflow/contracts';
import type { CommandSignal } from '@crmflow/workflows';
import { AppError } from '../../errors/app-error.js';
import type { RunPosition } from './position.js';

type Unstamped<T> = T extends unknown ? Omit<T, 'at'> : never;

/** A command to a run, without its time. */
export type Command = Unstamped<CommandSignal>;

/**
 * The command for a run at this position.
 * @throws AppError `not_paused`, `not_paused_there`, `not_step_mode`
 */
export type ResolveCommand = (position: RunPosition) => Command;

/** A visit to a node; what is left out is whichever is the current one. */
export type Place = { nodeId?: string | undefined; visit?: number | undefined };

function named({ nodeId, visit }: Place): string {
  if (nodeId === undefined) return `visit ${visit}`;
  return `"${nodeId}"${visit === undefined ? '' : ` (visit ${visit})`}`;
}

function isAt(node: CurrentNode, { nodeId, visit }: Place): boolean {
  return [undefined, node.nodeId].includes(nodeId) && [undefined, node.visit].includes(visit);
}

function doing({ node }: RunPosition): string {
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

const isStepped = ({ mode, stepping }: RunPosition) => mode === 'step' || stepping;

function notPaused(position: RunPosition): AppError {
  if (isStepped(position)) {
    const detail = `The run is not paused. ${doing(position)} Wait for \`run:paused\`.`;
    return new AppError('not_paused', detail);
  }
  const detail = `The run is in auto mode and not paused. ${doing(position)} Start it with mode "step", or set pause points.`;
  return new AppError('not_step_mode', detail);
}

/** Where the run is paused, if that is the place that is meant. */
function requirePause(position: RunPosition, wanted: Place): CurrentNode {
  const { node } = position;
  if (node?.state !== 'paused') throw notPaused(position);
  if (!isAt(node, wanted)) throw elsewhere(node, wanted);
  return node;
}

const placeOf = ({ nodeId, visit }: CurrentNode) => ({ nodeId, visit });

/** To run the node that it is paused before. */
export const executeAt =
  (wanted: Place): ResolveCommand =>
  (position) => ({ kind: 'execute', ...placeOf(requirePause(position, wanted)) });

/** To leave a node by its first handle: the one that it is paused before, or at which it waits. */
export const skipAt =
  (wanted: Place): ResolveCommand =>
  (position) => {
    const { node } = position;
    const waits = node?.state === 'waiting' || node?.state === 'sleeping';
    const leaves = waits && isStepped(position) && isAt(node, wanted);
    return { kind: 'skip', ...placeOf(leaves ? node : requirePause(position, wanted)) };
  };

/**
 * To run on to the next pause point. It is told from which pause, so that a second click does not
 * take it past the next one.
 */
export const continueAt =
  (wanted: Place): ResolveCommand =>
  (position) => {
    const anywhere = wanted.nodeId === undefined && wanted.visit === undefined;
    if (anywhere && position.stepping && position.node?.state !== 'paused') {
      return { kind: 'continue' };
    }
    return { kind: 'continue', ...placeOf(requirePause(position, wanted)) };
  };
