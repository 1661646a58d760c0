import { limits, utf8Bytes } from '@crmflow/contracts';
import { gather, type Next } from './gather.js';
import { addPausePoints } from './pause.js';
import { isOfPerson } from './person.js';
import type { Program } from './program.js';
import {
  isSuspended,
  type Arrival,
  type Ended,
  type Input,
  type PersonInput,
  type Queued,
  type RunState,
  type Suspension,
} from './state.js';

const seenWindow = 500;

/** Commands that wait while a call runs; whoever clicks more often than that gains nothing. */
const mostCommands = 100;

function isFull(inbox: readonly Queued[]): boolean {
  const texts = inbox.flatMap((one) => (one.kind === 'message' ? [one.text] : []));
  const bytes = texts.reduce((sum, text) => sum + utf8Bytes(text), 0);
  // Twice what the API lets in: only signals that bypass it can get here.
  return texts.length >= 2 * limits.queuedMessages || bytes >= 2 * limits.queuedBytes;
}

/** A person's message counts once; their stamps tell which take-overs and hand-backs count. */
function enqueueOfPerson(state: RunState, arrival: PersonInput): RunState {
  const inbox = [...state.inbox, arrival];
  const waiting = state.inbox.filter(isOfPerson).length;
  if (waiting >= 2 * limits.queuedMessages) return state;
  if (arrival.kind !== 'say') return { ...state, inbox };
  const { seenOfPersons = [] } = state;
  if (seenOfPersons.includes(arrival.messageId)) return state;
  const seen = [...seenOfPersons, arrival.messageId].slice(-seenWindow);
  return { ...state, seenOfPersons: seen, inbox };
}

/** Adds an arrival to the inbox; a message that comes twice counts once. */
export function enqueue(state: RunState, arrival: Arrival): RunState {
  if (arrival.kind === 'message') {
    if (state.seen.includes(arrival.messageId) || isFull(state.inbox)) return state;
    const seen = [...state.seen, arrival.messageId].slice(-seenWindow);
    return { ...state, seen, inbox: [...state.inbox, arrival] };
  }
  if (arrival.kind === 'pausePoints') return addPausePoints(state, arrival);
  if (isOfPerson(arrival)) return enqueueOfPerson(state, arrival);
  // Whoever asked waits for an answer, and Temporal bounds how many do.
  if (arrival.kind === 'migrate') return { ...state, inbox: [...state.inbox, arrival] };
  const alike = (one: Queued) => (one.kind === 'cancel') === (arrival.kind === 'cancel');
  const others = state.inbox.filter(
    (one) => one.kind !== 'message' && !isOfPerson(one) && alike(one),
  ).length;
  if (others >= (arrival.kind === 'cancel' ? 1 : mostCommands)) return state;
  return { ...state, inbox: [...state.inbox, arrival] };
}

/** The next instant at which a suspension ends or sends a reminder, in epoch milliseconds. */
export function dueAt(position: Suspension): number | undefined {
  switch (position.kind) {
    case 'call':
    case 'paused':
    case 'held':
      return undefined;
    case 'handoff':
      return position.deadline;
    case 'sleep':
      return position.until;
    case 'reply': {
      const times = [position.deadline, position.reminders[0]?.at].filter((at) => at !== undefined);
      return times.length > 0 ? Math.min(...times) : undefined;
    }
  }
}

/** Whether a suspension reacts to an input. A call reacts to its cancellation and to persons only. */
function accepts({ kind }: Suspension, one: Queued): boolean {
  if (one.kind === 'cancel' || isOfPerson(one)) return true;
  return one.kind === 'message' ? kind === 'reply' || kind === 'handoff' : kind !== 'call';
}

/** A message on its own, where it is not for a node to say what it is part of. */
const asInput = (one: Queued): Input =>
  one.kind === 'message' ? { kind: 'reply', messages: [one], at: one.at } : one;

/** The reply that is being given, or what comes before it is complete; null where nobody replies. */
function replyOf(program: Program, { position, inbox }: RunState): Next | null {
  const [first, ...later] = inbox;
  if (position.kind !== 'reply' || first?.kind !== 'message') return null;
  const due = dueAt(position);
  return due === undefined || first.at <= due ? gather(program, position, [first, ...later]) : null;
}

/** The instant at which a suspended run goes on if nothing arrives before, in epoch milliseconds. */
export function wakesAt(program: Program, state: RunState): number | undefined {
  const { position } = state;
  if (!isSuspended(position) || state.held) return undefined;
  // Whoever has begun to reply is neither reminded nor cut off.
  return replyOf(program, state)?.from ?? dueAt(position);
}

function without(state: RunState, taken: readonly Queued[]): RunState {
  return { ...state, inbox: state.inbox.filter((one) => !taken.includes(one)) };
}

const take = (state: RunState, one: Queued) => ({
  state: without(state, [one]),
  input: asInput(one),
});

/**
 * Removes what a run takes while its call is under way: what a person does, and what comes under
 * them. Else the call's outcome, if that is there; which of two came first is for their stamps to say.
 */
export function dequeueDuringCall(
  state: RunState,
  ended?: Ended,
): { state: RunState; input: Input } | null {
  const { held, inbox } = state;
  const first = inbox.find(
    (one) => one.kind !== 'cancel' && (held !== undefined || isOfPerson(one)),
  );
  if (first && (!ended || first.at <= ended.at)) return take(state, first);
  return ended ? { state, input: ended } : null;
}

/**
 * Removes the one input that moves a suspended run next, if there is one by `now`.
 *
 * Whether a reply or a timeout comes first, and which messages are one reply, is decided by their
 * stamps and not by their arrival, so that any batching of the same inputs leads to the same events.
 */
export function dequeue(
  program: Program,
  state: RunState,
  now: number,
): { state: RunState; input: Input } | null {
  const { position, inbox } = state;
  if (!isSuspended(position)) return null;
  if (state.held) return inbox[0] ? take(state, inbox[0]) : null;
  const reply = replyOf(program, state);
  if (reply) {
    const { input, from } = reply;
    if (now < from) return null;
    return { state: without(state, input.kind === 'reply' ? input.messages : [input]), input };
  }
  const head = inbox.find((one) => accepts(position, one));
  const due = dueAt(position);
  if (head && (due === undefined || head.at <= due)) return take(state, head);
  if (due !== undefined && (head || now >= due)) {
    return { state, input: { kind: 'timer', at: due } };
  }
  return null;
}
