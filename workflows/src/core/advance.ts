import type { IssuedCallback, RunEvent } from '@crmflow/contracts';
import { emitStarted, seedNewVariables } from './start.js';
import { migrate, type Verdict } from './migrate.js';
import { isCommand, applyCommand } from './apply-command.js';
import { pauseReason, prunePausePoints } from './pause.js';
import { applyPerson, beginHeld, isOfPerson, takeHeld } from './person.js';
import type { Program } from './program.js';
import { isSuspended, type Input, type Restart, type RunState } from './state.js';
import { Turn } from './turn.js';
import { enter, pause, resume } from './walk.js';

/**
 * The state after a turn, the events on the way, the addresses that their texts have in them, and what
 * it has cost (see `Turn.cost`).
 */
export type Progress = {
  state: RunState;
  events: RunEvent[];
  callbacks: IssuedCallback[];
  cost: number;
};

/** The result of an input; a migration may change the program that the run continues with. */
export type Accepted = Omit<Progress, 'cost'> & { program: Program; verdict?: Verdict };

/** Says that a turn is over, even if the run could go on. */
export type TurnLimit = (turn: Pick<Turn, 'cost' | 'size' | 'work'>) => boolean;

/** Some 20 ms, so that no run holds up the others; and a flush of at most some 250 kB. */
export const shortTurn: TurnLimit = ({ cost }) => cost >= 100_000;

/** As earlier releases cut turns: what they have begun is replayed with turns of the same length. */
export const formerTurn: TurnLimit = ({ size, work }) => size >= 256_000 || work >= 1_000_000;

function start(turn: Turn, resumed: Restart | undefined): void {
  const nodeId = resumed?.nodeId ?? turn.program.trigger.id;
  emitStarted(turn, nodeId, resumed);
  turn.state.position = { kind: 'ready', nodeId };
  const fault = resumed && seedNewVariables(turn);
  if (fault) turn.finish('failed', fault);
  const { takenOver } = turn.program;
  if (takenOver && !resumed) beginHeld(turn, nodeId, takenOver);
}

function enterOrPause(turn: Turn, nodeId: string): void {
  const reason = pauseReason(turn.state, nodeId);
  if (reason) pause(turn, nodeId, reason);
  else enter(turn, nodeId);
}

/** Advances until only an input can move the run, it has ended, or a flush is due. */
export function advance(
  program: Program,
  state: RunState,
  isOver: TurnLimit = shortTurn,
): Progress {
  const turn = new Turn(program, state);
  while (!isOver(turn)) {
    const { position } = turn.state;
    if (position.kind === 'start') start(turn, position.resumed);
    else if (position.kind === 'ready') enterOrPause(turn, position.nodeId);
    else break;
    turn.meterNode();
  }
  const { events, callbacks, cost } = turn;
  return { state: turn.state, events, callbacks, cost };
}

function isCancellation(input: Input): boolean {
  if (input.kind === 'cancel') return true;
  return input.kind === 'outcome' && !input.outcome.ok && input.outcome.cancelled;
}

/** Gives a suspended run the one input that moves it, see `dequeue`. */
export function accept(program: Program, state: RunState, input: Input): Accepted {
  const { position } = state;
  if (!isSuspended(position)) {
    throw new Error(`a run that is ${position.kind} takes no input`);
  }
  if (input.kind === 'migrate') return migrate(program, state, input);
  const turn = new Turn(program, state);
  const { held } = turn.state;
  if (isCommand(input)) {
    if (!held) applyCommand(turn, position, input);
  } else if (isOfPerson(input)) {
    applyPerson(turn, position, input);
  } else {
    // The messages of a reply are older than its end.
    if (input.kind !== 'reply') turn.tick(input.at);
    if (isCancellation(input)) turn.finish('cancelled');
    else if (held) takeHeld(turn, position, held, input);
    else if (position.kind === 'paused' || position.kind === 'held')
      throw new Error(`a run that is ${position.kind} takes no ${input.kind}`);
    else resume(turn, position, input);
  }
  turn.state.pausePoints = prunePausePoints(turn.state);
  return { program, state: turn.state, events: turn.events, callbacks: turn.callbacks };
}
