import { type FlowNode, handlesOf } from '@crmflow/contracts';
import type { Command, Input, Suspension } from './state.js';
import type { Turn } from './turn.js';
import { enter, follow, nodeOf, skipNode } from './walk.js';

/** Whether an input is a command of who steps through the run. */
export function isCommand(input: Input): input is Command {
  return input.kind === 'execute' || input.kind === 'skip' || input.kind === 'continue';
}

function firstHandle(node: FlowNode): string {
  return handlesOf(node)[0] ?? 'out';
}

function isAbout({ nodeId, visit }: Suspension, command: Command): boolean {
  if (command.kind === 'continue' && command.nodeId === undefined) return true;
  return command.nodeId === nodeId && command.visit === visit;
}

/** A command counts as progress, so that stepping by hand never exhausts the step budget. */
function progress(turn: Turn, at: number): void {
  turn.tick(at);
  turn.progress();
}

/** A waiting node can be skipped too, but only in a run that somebody steps through. */
function skip(turn: Turn, position: Suspension, at: number): void {
  const { program, state } = turn;
  const { nodeId, visit } = position;
  const node = nodeOf(program, nodeId);
  if (position.kind === 'paused') {
    progress(turn, at);
    state.stepping = true;
    skipNode(turn, nodeId, firstHandle(node));
    return;
  }
  if (position.kind === 'call' || position.kind === 'held') return;
  if (program.mode !== 'step' && !state.stepping) return;
  progress(turn, at);
  const left = { node, visit, enteredAt: position.enteredAt };
  follow(turn, left, firstHandle(node), { skipped: true });
}

/** Applies a command, or ignores it where it names another visit than the run's current one. */
export function applyCommand(turn: Turn, position: Suspension, command: Command): void {
  if (!isAbout(position, command)) return;
  if (command.kind === 'skip') {
    skip(turn, position, command.at);
    return;
  }
  const paused = position.kind === 'paused';
  if (command.kind === 'execute' && !paused) return;
  turn.state.stepping = command.kind === 'execute';
  if (!paused) return;
  progress(turn, command.at);
  enter(turn, position.nodeId);
}
