import { type CommandAccepted, isFinal, type RunStatus } from '@crmflow/contracts';
import type { RunDeps } from '../../deps.js';
import { AppError } from '../../errors/app-error.js';
import { readRunHead } from '../run-head.js';
import { launchStored } from '../launch.js';
import { asPausePoints, nodeIdsOf, requireNodes } from './flow-nodes.js';
import { positionOf, readPosition, type RunPosition } from './position.js';
import {
  type Command,
  continueAt,
  executeAt,
  type Place,
  type ResolveCommand,
  skipAt,
} from './resolve-command.js';

function requireOpen(status: RunStatus): void {
  if (!isFinal(status)) return;
  const detail = `The run has ended (${status.replace('_', ' ')}). Fork it, or start a new run.`;
  throw new AppError('run_finished', detail);
}

async function send(
  deps: RunDeps,
  runId: string,
  command: Command,
  launched: boolean,
): Promise<CommandAccepted> {
  // Temporal may know nothing of it yet, or only an execution that has failed.
  if (!launched) await launchStored(deps, runId);
  const taken = await deps.engine.command(runId, { ...command, at: Date.now() });
  if (!taken) throw new AppError('run_finished', 'The run has just ended.');
  return { accepted: true };
}

/** A run that was just sent commands may take longer to answer than one look lasts. */
const looks = 4;

/** Where earlier commands lead by the run's own word; null where no worker answers in some five seconds. */
async function askRun(
  { engine }: RunDeps,
  runId: string,
  { mode }: RunPosition,
): Promise<RunPosition | null> {
  for (let look = 0; look < looks; look += 1) {
    const view = await engine.foreseenView(runId).catch(() => null);
    if (!view) continue;
    requireOpen(view.status);
    return positionOf(view, mode);
  }
  return null;
}

type CommandRequest = {
  resolve: ResolveCommand;
  /** The node that the request names. Without one it means wherever the run is now. */
  about?: { path: string; nodeId: string } | undefined;
};

/**
 * Decides by the log where that fits: a client can name a position as soon as it has its event.
 * Otherwise asks the run: the log may not yet show where earlier commands have led.
 */
async function resolveCommand(
  deps: RunDeps,
  runId: string,
  logged: RunPosition,
  { resolve, about }: CommandRequest,
): Promise<Command> {
  if (!about) return resolve((await askRun(deps, runId, logged)) ?? logged);
  try {
    return resolve(logged);
  } catch (error) {
    requireNodes(await nodeIdsOf(deps.pool, runId), [about]);
    const now = await askRun(deps, runId, logged);
    if (!now) throw error;
    return resolve(now);
  }
}

async function commandRun(
  deps: RunDeps,
  runId: string,
  request: CommandRequest,
): Promise<CommandAccepted> {
  const run = await readRunHead(deps.pool, runId);
  requireOpen(run.status);
  const logged = await readPosition(deps.pool, runId, run);
  return send(deps, runId, await resolveCommand(deps, runId, logged, request), run.launched);
}

/**
 * Runs the node that a run is paused before; it pauses before the next. Accepted once Temporal
 * holds it.
 * @throws AppError `not_found`, `run_finished`, `invalid` for a node that the flow has not,
 *   `not_paused`, `not_paused_there`, `not_step_mode`; the client's error where Temporal does not
 *   answer
 */
export function executeNode(
  deps: RunDeps,
  runId: string,
  place: Place & { nodeId: string },
): Promise<CommandAccepted> {
  const about = { path: 'nodeId', nodeId: place.nodeId };
  return commandRun(deps, runId, { resolve: executeAt(place), about });
}

/**
 * Leaves a node by its first handle: the one that a run is paused before, without running it, or
 * in a run that is stepped through the one at which it waits. Throws like `executeNode`.
 */
export function advanceRun(
  deps: RunDeps,
  runId: string,
  { fromNodeId: nodeId, visit }: { fromNodeId: string; visit?: number | undefined },
): Promise<CommandAccepted> {
  const about = { path: 'fromNodeId', nodeId };
  return commandRun(deps, runId, { resolve: skipAt({ nodeId, visit }), about });
}

/** Lets a run go on to its next pause point. Throws like `executeNode`. */
export function continueRun(deps: RunDeps, runId: string, place: Place): Promise<CommandAccepted> {
  const { nodeId } = place;
  const about = nodeId === undefined ? undefined : { path: 'nodeId', nodeId };
  return commandRun(deps, runId, { resolve: continueAt(place), about });
}

/**
 * Replaces the nodes before which a run pauses, whatever it does at the moment.
 * @throws AppError `not_found`, `run_finished`, `invalid` for nodes that the flow has not; the
 *   client's error where Temporal does not answer
 */
export async function setPausePoints(
  deps: RunDeps,
  runId: string,
  { nodeIds }: { nodeIds: string[] },
): Promise<CommandAccepted> {
  const run = await readRunHead(deps.pool, runId);
  requireOpen(run.status);
  requireNodes(await nodeIdsOf(deps.pool, runId), asPausePoints('nodeIds', nodeIds));
  return send(deps, runId, { kind: 'pausePoints', nodeIds }, run.launched);
}
