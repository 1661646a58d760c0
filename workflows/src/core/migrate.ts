import { type FlowNode, type RunError, type RunVersion, waitsFor } from '@crmflow/contracts';
import { emitStarted, seedNewVariables } from './start.js';
import { behaviourOf } from './nodes/index.js';
import { emitWaiting } from './nodes/waiting.js';
import { loadProgram, type Program } from './program.js';
import type { Migration, MigrationTarget, Position, RunState, Suspension } from './state.js';
import { Turn } from './turn.js';

/** Whether a run has moved to another version, or why it stays on its own. */
export type Verdict = { ok: true } | { ok: false; code: string; message: string };

/** A run after it was asked to move. */
export type Moved = {
  program: Program;
  state: RunState;
  events: Turn['events'];
  callbacks: Turn['callbacks'];
  verdict: Verdict;
};

const named = (version: RunVersion) => (version === 'draft' ? 'The draft' : `Version ${version}`);

type Waiting = Exclude<Suspension, { kind: 'call' | 'held' }>;

const waiting: ReadonlySet<string> = new Set(['reply', 'sleep', 'paused', 'handoff']);

const waits = (position: Position): position is Waiting => waiting.has(position.kind);

function waitsLike(position: Suspension, node: FlowNode): boolean {
  if (position.kind === 'sleep') return waitsFor(node) === 'time';
  if (position.kind === 'handoff') return waitsFor(node) === 'person';
  if (position.kind !== 'reply') return false;
  if (waitsFor(node) !== (position.isForCallback ? 'callback' : 'reply')) return false;
  // Only ai nodes keep the progress of a conversation.
  return Boolean(position.talk) === (node.type === 'ai');
}

function missing(
  { nodes }: Program,
  position: Suspension,
  version: RunVersion,
  target: Program,
): RunError | null {
  const { nodeId } = position;
  const before = nodes.get(nodeId);
  const after = target.nodes.get(nodeId);
  const refuse = (why: string) => ({ code: 'node_missing', nodeId, message: why });
  const label = before?.label || nodeId;
  if (!after) return refuse(`${named(version)} has no node "${label}", where the run is waiting.`);
  if (position.kind === 'paused') return null;
  if (waitsLike(position, after)) return null;
  return refuse(
    `The run is waiting at the node "${label}", which does not wait in ${named(version)}.`,
  );
}

/** Why a run cannot move to another version from where it is; null where it can. */
export function getMigrationBlocker(
  program: Program,
  { position, held }: Pick<RunState, 'position' | 'held'>,
  { version, ...rest }: MigrationTarget,
): RunError | null {
  if (held) {
    const message = `${held.by.name || 'A person'} is answering in this run. It can move to another version once it is handed back.`;
    return { code: 'not_waiting', message };
  }
  if (waits(position)) {
    const target = loadProgram({ ...program, ...rest, version });
    return missing(program, position, version, target);
  }
  const message =
    'Only a run that is waiting, sleeping or paused can move to another version. Try again once it is.';
  return { code: 'not_waiting', message };
}

/**
 * Moves a run to another version, where it stands: its deadline and its reminders stay, what it
 * expects and where it goes from there come from the new version. Emits the new version, the
 * variables that are new, and that it waits.
 */
export function migrate(program: Program, state: RunState, input: Migration): Moved {
  const stay = ({ code, message }: RunError): Moved => ({
    ...{ program, state, events: [], callbacks: [] },
    verdict: { ok: false, code, message },
  });
  // Whoever got no answer asks again: the run has moved already.
  if (program.version === input.target.version) {
    return { program, state, events: [], callbacks: [], verdict: { ok: true } };
  }
  const reason = getMigrationBlocker(program, state, input.target);
  if (reason) return stay(reason);
  const target = loadProgram({ ...program, ...input.target });
  const turn = new Turn(target, state);
  const position = state.position as Waiting;
  const { nodeId, visit } = position;
  turn.tick(input.at);
  emitStarted(turn, nodeId, { by: 'migrate', nodeId, fromVersion: program.version });
  const fault = seedNewVariables(turn);
  if (fault) return stay(fault);
  const node = target.nodes.get(nodeId);
  if (node && position.kind === 'paused') {
    turn.emit('paused', { reason: position.reason }, { node, visit, enteredAt: turn.state.clock });
  } else if (node && position.kind === 'reply') {
    const expected = behaviourOf(node).expects?.(node.data);
    const at = { node, visit, enteredAt: position.enteredAt };
    if (expected) emitWaiting(turn, at, expected, position.deadline);
  }
  const { events, callbacks } = turn;
  return { program: target, state: turn.state, events, callbacks, verdict: { ok: true } };
}
