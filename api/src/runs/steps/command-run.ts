import { type CommandAccepted, isFinal, type RunStatus } from '@crmflow/contracts';
import type { Principal } from '../../account/principal.js';
import { AppError } from '../../errors/app-error.js';
import type { Engine } from '../engine.js';
import { type LaunchDeps, launchStored } from '../launch.js';
import { type Decide, execute, type Order, type Place, runOn, skip } from './decide.js';
import { asPausePoints, nodeIdsOf, requireNodes } from './flow-nodes.js';
import { readStanding, type Standing, standingOf } from './standing.js';

/** What commanding a run needs. */
export type CommandRunDeps = LaunchDeps & { engine: Pick<Engine, 'command' | 'view'> };

function requireOpen(status: RunStatus): void {
  if (!isFinal(status)) return;
  const detail = `The run has ended (${status.replace('_', ' ')}). Fork it, or start a new run.`;
  throw new AppError('run_finished', detail);
}

async function send(
  deps: CommandRunDeps,
  runId: string,
  order: Order,
  launched: boolean,
): Promise<CommandAccepted> {
  const command = { ...order, at: Date.now() };
  // Temporal may know nothing of it yet, or only an execution that has failed.
  if (!launched) await launchStored(deps, runId);
  const taken = await deps.engine.command(runId, command);
  if (!taken) throw new AppError('run_finished', 'The run has just ended.');
  return { accepted: true };
}

/** Where the run itself says that it stands; null where no worker answers in time. */
async function askRun(
  { engine }: CommandRunDeps,
  runId: string,
  { mode }: Standing,
): Promise<Standing | null> {
  const view = await engine.view(runId).catch(() => null);
  if (!view) return null;
  requireOpen(view.status);
  return standingOf(view, mode);
}

type Wish = {
  decide: Decide;
  /** Where the request names a node. Who names none means where the run is, whatever was told. */
  about?: { path: string; nodeId: string } | undefined;
};

/**
 * What the log says is enough where it fits: who was told of a place can name it at once. Where it
 * does not, the run is asked: the log may not tell yet where commands before this one have led.
 */
async function orderFor(
  deps: CommandRunDeps,
  runId: string,
  told: Standing,
  { decide, about }: Wish,
): Promise<Order> {
  if (!about) return decide((await askRun(deps, runId, told)) ?? told);
  try {
    return decide(told);
  } catch (refusal) {
    requireNodes(await nodeIdsOf(deps.pool, runId), [about]);
    const now = await askRun(deps, runId, told);
    if (!now) throw refusal;
    return decide(now);
  }
}

async function commandRun(
  deps: CommandRunDeps,
  principal: Principal,
  runId: string,
  wish: Wish,
): Promise<CommandAccepted> {
  const { standing, launched } = await readStanding(deps.pool, principal, runId);
  requireOpen(standing.status);
  return send(deps, runId, await orderFor(deps, runId, standing, wish), launched);
}

/**
 * Runs the node that a run is paused before; it pauses before the next. Accepted once Temporal
 * holds it.
 * @throws AppError `not_found`, `run_finished`, `invalid` for a node that the flow has not,
 *   `not_paused`, `not_paused_there`, `not_step_mode`; the client's error where Temporal does not
 *   answer
 */
export function executeNode(
  deps: CommandRunDeps,
  principal: Principal,
  runId: string,
  place: Place & { nodeId: string },
): Promise<CommandAccepted> {
  const about = { path: 'nodeId', nodeId: place.nodeId };
  return commandRun(deps, principal, runId, { decide: execute(place), about });
}

/**
 * Leaves a node by its first handle: the one that a run is paused before, without running it, or
 * in a run that is stepped through the one at which it waits. Throws like `executeNode`.
 */
export function advanceRun(
  deps: CommandRunDeps,
  principal: Principal,
  runId: string,
  { fromNodeId: nodeId, visit }: { fromNodeId: string; visit?: number | undefined },
): Promise<CommandAccepted> {
  const about = { path: 'fromNodeId', nodeId };
  return commandRun(deps, principal, runId, { decide: skip({ nodeId, visit }), about });
}

/** Lets a run go on to its next pause point. Throws like `executeNode`. */
export function continueRun(
  deps: CommandRunDeps,
  principal: Principal,
  runId: string,
  place: Place,
): Promise<CommandAccepted> {
  const { nodeId } = place;
  const about = nodeId === undefined ? undefined : { path: 'nodeId', nodeId };
  return commandRun(deps, principal, runId, { decide: runOn(place), about });
}

/**
 * Replaces the nodes before which a run pauses, whatever it does at the moment.
 * @throws AppError `not_found`, `run_finished`, `invalid` for nodes that the flow has not; the
 *   client's error where Temporal does not answer
 */
export async function setPausePoints(
  deps: CommandRunDeps,
  principal: Principal,
  runId: string,
  { nodeIds }: { nodeIds: string[] },
): Promise<CommandAccepted> {
  const { standing, launched } = await readStanding(deps.pool, principal, runId);
  requireOpen(standing.status);
  requireNodes(await nodeIdsOf(deps.pool, runId), asPausePoints('nodeIds', nodeIds));
  return send(deps, runId, { kind: 'pausePoints', nodeIds }, launched);
}
