import { type FlowNode, type PauseReason, type RunResponse, limits } from '@crmflow/contracts';
import { faultOf } from './node-fault.js';
import { behaviourOf } from './nodes/index.js';
import type { Outcome } from './nodes/behaviour.js';
import type { Program } from './program.js';
import type { Fault, Input, NodeSuspension } from './state.js';
import type { Turn, Visit } from './turn.js';

/** The node of a run by its id. */
export function nodeOf(program: Program, nodeId: string): FlowNode {
  const node = program.nodes.get(nodeId);
  if (!node) throw new Error(`run ${program.runId} stands at a node that it has not: ${nodeId}`);
  return node;
}

/**
 * Leaves a node by a handle, to the next node or to the end of the run.
 * @param how.error what ends the run where the handle leads nowhere
 * @param how.response what whoever started the run is answered
 * @param how.skipped where the node was not run, or not to its end
 */
export function follow(
  turn: Turn,
  visit: Visit,
  handle: string,
  how: { error?: Fault | undefined; skipped?: true; response?: RunResponse | undefined } = {},
): void {
  const target = turn.program.target(visit.node.id, handle);
  if (target === undefined && how.error) {
    fail(turn, visit, how.error);
    return;
  }
  const durationMs = turn.state.clock - visit.enteredAt;
  const skipped = how.skipped && { skipped: how.skipped };
  const response = how.response && { response: how.response };
  turn.emit('node.completed', { handle, durationMs, ...skipped, ...response }, visit);
  if (target !== undefined) turn.state.position = { kind: 'ready', nodeId: target };
  else turn.finish(handle === 'timeout' ? 'timed_out' : 'completed');
}

function fail(turn: Turn, visit: Visit, { code, message, customerText }: Fault): void {
  if (customerText !== undefined && turn.tellsInstead()) {
    turn.say('system', `${visit.node.id}:${visit.visit}:instead`, customerText, visit);
  }
  const error = { code, message, nodeId: visit.node.id };
  turn.emit('node.failed', { code, message }, visit);
  turn.state.fault = error;
  const handled = turn.program.target(visit.node.id, 'error') !== undefined;
  if (handled) follow(turn, visit, 'error');
  else turn.finish('failed', error);
}

/** Runs a node's code; what the flow's author can get wrong is the node's error. */
export function attempt(turn: Turn, visit: Visit, run: () => Outcome): void {
  let outcome: Outcome;
  try {
    outcome = run();
  } catch (error) {
    const fault = faultOf(error);
    if (!fault) throw error;
    fail(turn, visit, fault);
    return;
  }
  if ('suspend' in outcome) turn.state.position = outcome.suspend;
  else follow(turn, visit, outcome.leave, { error: outcome.error, response: outcome.response });
}

/** Gives a node that is suspended what it has waited for. */
export function resume(turn: Turn, position: NodeSuspension, input: Input): void {
  const visit = visitAt(turn, position);
  const { node } = visit;
  attempt(turn, visit, () => {
    const behaviour = behaviourOf(node);
    if (!behaviour.resume) throw new Error(`a ${node.type} node cannot be resumed`);
    return behaviour.resume(turn, visit, position, input);
  });
}

/** The visit in which a node is suspended. */
export function visitAt({ program }: Turn, { nodeId, visit, enteredAt }: NodeSuspension): Visit {
  return { node: nodeOf(program, nodeId), visit, enteredAt };
}

function nextVisit({ program, state }: Turn, nodeId: string): Visit {
  const visit = (state.visits[nodeId] ?? 0) + 1;
  return { node: nodeOf(program, nodeId), visit, enteredAt: state.clock };
}

function count({ state }: Turn, { node, visit }: Visit): void {
  state.visits[node.id] = visit;
}

const inMegabytes = (characters: number) => `${characters / 1_000_000} MB`;

/** Why a run may not go on to a further node by itself; null where it may. */
function budgetFault({ program, state }: Turn): Fault | null {
  const { steps, logSize, logSizeAtProgress } = state;
  if (steps > limits.stepsWithoutProgress) {
    const message = `The run visited ${limits.stepsWithoutProgress} nodes without a reply or a wait. Add a listen or wait node to the loop.`;
    return { code: 'step_budget_exceeded', message };
  }
  if (!program.hasLogBudget) return null;
  if (logSize - logSizeAtProgress > limits.logWithoutProgress) {
    const message = `The run wrote ${inMegabytes(limits.logWithoutProgress)} of messages and values to its log without a reply or a wait. Add a listen or wait node to the loop, or keep values smaller.`;
    return { code: 'log_budget_exceeded', message };
  }
  if (logSize > limits.runLog) {
    const message = `The log of the run is full: it has ${inMegabytes(limits.runLog)} of messages and values. Start a new run.`;
    return { code: 'run_log_full', message };
  }
  return null;
}

/** Begins the next visit to a node. */
export function enter(turn: Turn, nodeId: string): void {
  const visit = nextVisit(turn, nodeId);
  const { node } = visit;
  count(turn, visit);
  turn.state.steps += 1;
  turn.emit('node.activated', { label: node.label, type: node.type }, visit);
  const fault = budgetFault(turn);
  if (fault) {
    turn.emit('node.failed', fault, visit);
    turn.finish('failed', { ...fault, nodeId });
    return;
  }
  attempt(turn, visit, () => behaviourOf(node).enter(turn, visit));
}

/** Counts the next visit to a node without making it, and leaves by a handle. */
export function skipNode(turn: Turn, nodeId: string, handle: string): void {
  const visit = nextVisit(turn, nodeId);
  count(turn, visit);
  follow(turn, visit, handle, { skipped: true });
}

/** Pauses before the next visit to a node. */
export function pause(turn: Turn, nodeId: string, reason: PauseReason): void {
  const at = nextVisit(turn, nodeId);
  turn.emit('paused', { reason }, at);
  turn.state.position = { kind: 'paused', nodeId, visit: at.visit, reason };
}
