import type { GenerateResult } from '@crmflow/contracts';
import { withHeard } from './heard.js';
import { behaviourOf } from './nodes/index.js';
import type {
  Arrival,
  CallSuspension,
  Ended,
  HandBack,
  Held,
  Input,
  NodeSuspension,
  Person,
  PersonInput,
  ReplySuspension,
  RunState,
  Say,
  Suspension,
  TakeOver,
} from './state.js';
import type { Turn } from './turn.js';
import { attempt, resume, visitAt } from './walk.js';

/** Whether an input is what a person of the team does. */
export function isOfPerson<T extends Arrival | Input>(input: T): input is T & PersonInput {
  return input.kind === 'takeOver' || input.kind === 'say' || input.kind === 'handBack';
}

/** Of all who had a conversation in one stretch, so many are named. */
const mostNames = 5;

/** Adds the name of somebody to those who had a conversation in one stretch. */
export const named = (names: readonly string[], { name }: Pick<Person, 'name'>): string[] =>
  [...new Set([...names, name])].filter((one) => one !== '').slice(0, mostNames);

/** What the flow has asked where it waits for a reply; a model that converses asks anew. */
function questionAt(position: Suspension, { transcript }: RunState): string | undefined {
  if (position.kind !== 'reply' || position.talk || position.isForCallback) return undefined;
  return transcript.findLast(({ role }) => role === 'system' || role === 'ai')?.text;
}

function hold(turn: Turn, { id, by, at }: Omit<TakeOver, 'kind'>, position: Suspension): void {
  const { state } = turn;
  turn.tick(at);
  state.controlAt = at;
  const { held } = state;
  if (held?.by.userId === by.userId) return;
  turn.progress();
  const { userId, name } = by;
  turn.emit('control.changed', { id, by: 'operator', userId, ...(name !== '' && { name }) });
  const question = questionAt(position, state);
  state.held = held
    ? { ...held, by, names: named(held.names, by) }
    : {
        by,
        names: named([], by),
        from: state.clock,
        ...(question !== undefined && { question }),
        heard: position.kind === 'handoff' ? position.heard : [],
      };
}

/** Begins a run before its first node, under a person. */
export function beginHeld(turn: Turn, nodeId: string, taken: Omit<TakeOver, 'kind'>): void {
  const position = { kind: 'held', nodeId, visit: 1 } as const;
  turn.state.position = position;
  hold(turn, taken, position);
}

function say(turn: Turn, { messageId, text, by, at }: Say): void {
  const { held, spoke } = turn.state;
  // One that is on its way longer than the hand-back is said all the same: nothing is lost.
  const isLate = spoke !== undefined && at <= spoke.to;
  if (!held && !isLate) return;
  turn.tick(at);
  turn.sayAs(by, messageId, text);
  if (!held) return;
  turn.progress();
  turn.state.held = { ...held, isAnswered: true };
}

/**
 * Where a run stands that has stood still for so long, in milliseconds.
 * @param keepsInstants whether a time of the calendar stays what it is
 */
function movedBy(position: Suspension, ms: number, keepsInstants: boolean): Suspension {
  switch (position.kind) {
    case 'sleep':
      if (keepsInstants && position.isFixed) return position;
      return { ...position, until: position.until + ms };
    case 'reply': {
      const { deadline } = position;
      return {
        ...position,
        ...(deadline !== undefined && { deadline: deadline + ms }),
        reminders: position.reminders.map(({ at, text }) => ({ at: at + ms, text })),
      };
    }
    default:
      return position;
  }
}

/** Asks the model again, about all that was said by now. */
function askModelAgain(turn: Turn, position: CallSuspension): void {
  const { call, talk } = position;
  if (call.activity !== 'generate') throw new Error(`${call.activity} asks no model`);
  turn.emit('ai.started', {}, visitAt(turn, position));
  const { seq: upToSeq, spoke } = turn.state;
  const number = (talk?.calls ?? call.input.call ?? 1) + 1;
  const input = { ...call.input, call: number, upToSeq, ...(spoke && { spoke }) };
  turn.state.position = {
    ...position,
    call: { ...call, input },
    ...(talk && { talk: { ...talk, calls: number, upToSeq } }),
  };
}

/** Goes on at a call whose outcome a person has kept from the flow, or that still runs. */
function goOnAtCall(turn: Turn, position: CallSuspension, call: Held['call']): void {
  if (position.call.activity === 'generate') {
    askModelAgain(turn, position);
    return;
  }
  // What the model calls is for an answer that has to know what the person said.
  const { upToSeq: _, ...talk } = position.talk ?? { upToSeq: 0 };
  const next = position.talk ? { ...position, talk: talk as typeof position.talk } : position;
  turn.state.position = next;
  if (typeof call === 'object') resume(turn, next, { ...call, at: turn.state.clock });
}

function askAgain(turn: Turn, position: ReplySuspension, question: string | undefined): void {
  const visit = visitAt(turn, position);
  attempt(turn, visit, () => {
    const behaviour = behaviourOf(visit.node);
    if (!behaviour.askAgain) throw new Error(`a ${visit.node.type} node asks nothing`);
    return behaviour.askAgain(turn, visit, position, question);
  });
}

/** Goes on where the run stands; `isAnswered`: the visitor's answer is in the queue. */
function goOn(turn: Turn, position: Suspension, held: Held, isAnswered: boolean, by: HandBack) {
  switch (position.kind) {
    case 'held':
      turn.state.position = { kind: 'ready', nodeId: position.nodeId };
      break;
    case 'handoff':
      resume(turn, position, by);
      break;
    case 'call':
      goOnAtCall(turn, position, held.call);
      break;
    case 'reply':
      if (!isAnswered) askAgain(turn, position, held.question);
      break;
    default:
  }
}

const isAtNode = (position: Suspension): position is NodeSuspension =>
  position.kind !== 'paused' && position.kind !== 'held';

function goTo(turn: Turn, position: Suspension, nodeId: string): void {
  if (isAtNode(position)) {
    const durationMs = turn.state.clock - position.enteredAt;
    const left = { handle: 'goto', durationMs, skipped: true } as const;
    turn.emit('node.completed', left, visitAt(turn, position));
  }
  turn.state.position = { kind: 'ready', nodeId };
}

function handBack(turn: Turn, position: Suspension, input: HandBack): void {
  const { state, program } = turn;
  state.controlAt = input.at;
  const { held } = state;
  if (!held) return;
  turn.tick(input.at);
  turn.progress();
  delete state.held;
  const { id, by, nodeId, note } = input;
  const isKnown = nodeId !== undefined && program.nodes.has(nodeId);
  const target = input.how === 'goto' && isKnown ? nodeId : undefined;
  const canAnswer = held.heard.length > 0;
  let { how } = input;
  if ((how === 'goto' && target === undefined) || (how === 'answer' && !canAnswer)) how = 'reask';
  const noted = note !== undefined && note !== '' && { note };
  state.spoke = { names: held.names, from: held.from, to: state.clock, ...noted };
  turn.emit('control.changed', {
    ...{ id, by: 'flow', userId: by.userId, how },
    ...(by.name !== '' && { name: by.name }),
    ...(target !== undefined && { toNodeId: target }),
    ...noted,
  });
  const moved = movedBy(position, state.clock - held.from, input.keepsInstants ?? false);
  state.position = moved;
  if (how === 'end') turn.finish('completed');
  else if (target !== undefined) goTo(turn, moved, target);
  else {
    if (how === 'answer') state.inbox = [...held.heard, ...state.inbox];
    goOn(turn, moved, held, how === 'answer', input);
  }
}

/** Applies what a person does. A take-over or hand-back that is older than the newest does nothing. */
export function applyPerson(turn: Turn, position: Suspension, input: PersonInput): void {
  if (input.kind === 'say') say(turn, input);
  else if (input.at <= (turn.state.controlAt ?? -Infinity)) return;
  else if (input.kind === 'takeOver') hold(turn, input, position);
  else handBack(turn, position, input);
}

/** A model's answer that comes too late to be said; what it wants called is not. */
function suggest(turn: Turn, position: CallSuspension, { outcome }: Ended): void {
  if (!outcome.ok) return;
  const { text, usage, finishReason, sources } = outcome.value as GenerateResult;
  turn.emit(
    'ai.completed',
    {
      ...{ text, usage },
      ...(finishReason !== undefined && { finishReason }),
      ...(sources && { sources }),
      suggestion: true,
    },
    visitAt(turn, position),
  );
}

/** Takes what comes while a person has the conversation, without moving the run. */
export function takeHeld(turn: Turn, position: Suspension, held: Held, input: Input): void {
  if (input.kind === 'reply') {
    turn.progress();
    turn.hear(input);
    const { isAnswered, ...rest } = held;
    turn.state.held = { ...rest, heard: withHeard(isAnswered ? [] : held.heard, input.messages) };
    return;
  }
  if (input.kind !== 'outcome' || position.kind !== 'call') {
    throw new Error(`a run under a person takes no ${input.kind}`);
  }
  const asked = position.call.activity === 'generate';
  if (asked) suggest(turn, position, input);
  turn.state.held = { ...held, call: asked ? 'over' : input };
}
