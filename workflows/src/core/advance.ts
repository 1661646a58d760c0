import { type FlowNode, type RunError, type RunEvent, limits } from '@crmflow/contracts';
import { faultOf } from './node-fault.js';
import { behaviourOf } from './nodes/index.js';
import type { Outcome } from './nodes/outcome.js';
import type { Program } from './program.js';
import type { Input, RunState, Suspension } from './state.js';
import { Turn, type Visit } from './turn.js';

/** Where a turn got to and what it has to tell. */
export type Progress = { state: RunState; events: RunEvent[] };

/** A turn stops here even if it could go on, so that one flush stays a small payload. */
const turnSize = 256_000;

/** Or here, so that no run holds up the others: some 200 ms of expressions. */
const turnWork = 1_000_000;

function nodeOf(program: Program, nodeId: string): FlowNode {
  const node = program.nodes.get(nodeId);
  if (!node) throw new Error(`run ${program.runId} stands at a node that it has not: ${nodeId}`);
  return node;
}

function follow(turn: Turn, visit: Visit, handle: string, error?: Omit<RunError, 'nodeId'>): void {
  const target = turn.program.target(visit.node.id, handle);
  if (target === undefined && error) {
    fail(turn, visit, error);
    return;
  }
  const durationMs = turn.state.clock - visit.enteredAt;
  turn.emit('node.completed', { handle, durationMs }, visit);
  if (target !== undefined) turn.state.position = { kind: 'ready', nodeId: target };
  else turn.finish(handle === 'timeout' ? 'timed_out' : 'completed');
}

function fail(turn: Turn, visit: Visit, { code, message }: Omit<RunError, 'nodeId'>): void {
  const error = { code, message, nodeId: visit.node.id };
  turn.emit('node.failed', { code, message }, visit);
  turn.state.fault = error;
  const handled = turn.program.target(visit.node.id, 'error') !== undefined;
  if (handled) follow(turn, visit, 'error');
  else turn.finish('failed', error);
}

/** Runs a node's code; what the flow's author can get wrong is the node's error. */
function attempt(turn: Turn, visit: Visit, run: () => Outcome): void {
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
  else follow(turn, visit, outcome.leave, outcome.error);
}

function start(turn: Turn): void {
  const { workflowId, version, trigger, nodes } = turn.program;
  const totalNodes = nodes.size;
  turn.emit('run.started', { workflowId, version, activeNode: trigger.id, totalNodes });
  turn.state.position = { kind: 'ready', nodeId: trigger.id };
}

function enter(turn: Turn, nodeId: string): void {
  const node = nodeOf(turn.program, nodeId);
  const number = (turn.state.visits[nodeId] ?? 0) + 1;
  const visit = { node, visit: number, enteredAt: turn.state.clock };
  turn.state.visits = { ...turn.state.visits, [nodeId]: number };
  turn.state.steps += 1;
  turn.emit('node.activated', { label: node.label, type: node.type }, visit);
  if (turn.state.steps > limits.stepsWithoutProgress) {
    const message = `The run went through ${limits.stepsWithoutProgress} nodes without a reply or a wait. Put a listen or a wait node into the loop.`;
    const error = { code: 'step_budget_exceeded', message, nodeId };
    turn.emit('node.failed', { code: error.code, message }, visit);
    turn.finish('failed', error);
    return;
  }
  attempt(turn, visit, () => behaviourOf(visit).enter(turn, visit));
}

/** Goes on until only an input can move the run, it has ended, or there is enough to tell. */
export function advance(program: Program, state: RunState): Progress {
  const turn = new Turn(program, state);
  while (turn.size < turnSize && turn.work < turnWork) {
    const { position } = turn.state;
    if (position.kind === 'start') start(turn);
    else if (position.kind === 'ready') enter(turn, position.nodeId);
    else break;
    turn.meterNode();
  }
  return { state: turn.state, events: turn.events };
}

function resume(turn: Turn, position: Suspension, input: Input): void {
  const node = nodeOf(turn.program, position.nodeId);
  const visit = { node, visit: position.visit, enteredAt: position.enteredAt };
  attempt(turn, visit, () => {
    const behaviour = behaviourOf(visit);
    if (!behaviour.resume) throw new Error(`a ${node.type} node cannot be resumed`);
    return behaviour.resume(turn, visit, position, input);
  });
}

/** Gives a suspended run the one input that moves it, see `take`. */
export function accept(program: Program, state: RunState, input: Input): Progress {
  const { position } = state;
  if (position.kind === 'start' || position.kind === 'ready' || position.kind === 'ended') {
    throw new Error(`a run that is ${position.kind} takes no input`);
  }
  const turn = new Turn(program, state);
  turn.tick(input.at);
  const cancelled =
    input.kind === 'cancel' ||
    (input.kind === 'outcome' && !input.outcome.ok && input.outcome.cancelled);
  if (cancelled) turn.finish('cancelled');
  else resume(turn, position, input);
  return { state: turn.state, events: turn.events };
}
